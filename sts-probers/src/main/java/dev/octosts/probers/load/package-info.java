/**
 * Load tests: {@link LoadGenerator} makes the exchanges of a {@link LoadPlan}, {@link LoadReport} reports their
 * latency.
 */
@NullMarked
package dev.octosts.probers.load;

import org.jspecify.annotations.NullMarked;
