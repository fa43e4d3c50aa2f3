/**
 * Probes: checks, made on purpose, for the faults that a customer would notice. {@link Prober} makes a {@link Round} of
 * checks and returns a {@link ProbeReport} with a {@link CheckOutcome} for each {@link ProbeCheck}. {@link ProbeTarget}
 * names the service. {@link RoundTally} counts reports, {@link Rounds} repeats rounds, and {@link ProbeServer} answers
 * monitoring systems.
 */
@NullMarked
package dev.octosts.probers.probe;

import org.jspecify.annotations.NullMarked;
