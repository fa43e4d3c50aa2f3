/**
 * Probes: checks, made on purpose, for the faults that a customer would notice. {@link Prober} makes a {@link Round} of
 * checks and returns a {@link Report} with an {@link Outcome} for each {@link Check}. {@link Target} names the service.
 * {@link Tally} counts reports, {@link Rounds} repeats rounds, and {@link ProbeServer} answers monitoring systems.
 */
@NullMarked
package dev.octosts.probers.probe;

import org.jspecify.annotations.NullMarked;
