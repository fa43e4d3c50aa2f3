package dev.octosts.probers.probe;

import java.time.Duration;

/**
 * A check that was made, or that could not be.
 *
 * @param took from the question to the answer
 */
public record CheckResult(Check check, Outcome outcome, Duration took) {}
