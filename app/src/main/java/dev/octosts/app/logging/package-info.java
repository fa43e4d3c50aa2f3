/**
 * The log: one JSON object a line on standard output. {@link LogConfigurator} sets it up, {@link Scrub} removes
 * secrets.
 */
@NullMarked
package dev.octosts.app.logging;

import org.jspecify.annotations.NullMarked;
