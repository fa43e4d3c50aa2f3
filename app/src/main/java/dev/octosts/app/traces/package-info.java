/** Traces, where an operator's collector wants them. */
@NullMarked
package dev.octosts.app.traces;

import org.jspecify.annotations.NullMarked;
