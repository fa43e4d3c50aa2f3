/**
 * Traces: what a request waited for. The steps of the code begin at {@link dev.octosts.api.trace.Trace}; what records
 * them is a module that is loaded only where an operator configured it, and implements {@link
 * dev.octosts.api.trace.TracerProvider}.
 */
@NullMarked
package dev.octosts.api.trace;

import org.jspecify.annotations.NullMarked;
