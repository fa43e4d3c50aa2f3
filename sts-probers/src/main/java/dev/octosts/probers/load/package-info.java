/**
 * Load: {@link LoadGenerator} makes exchanges as a {@link LoadPlan} says, {@link LoadReport} says how long they took.
 */
@NullMarked
package dev.octosts.probers.load;

import org.jspecify.annotations.NullMarked;
