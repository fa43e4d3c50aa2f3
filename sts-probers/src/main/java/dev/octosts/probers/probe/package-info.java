/**
 * Probes: what a customer would notice, checked on purpose. {@link Prober} makes a {@link Round} of checks and returns a
 * {@link Report} with an {@link Outcome} for each {@link Check}; {@link Target} says of what. {@link Tally} counts reports,
 * {@link Rounds} repeats rounds and {@link ProbeServer} answers those who watch.
 */
@NullMarked
package dev.octosts.probers.probe;

import org.jspecify.annotations.NullMarked;
