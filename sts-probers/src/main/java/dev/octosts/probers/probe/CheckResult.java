package dev.octosts.probers.probe;

import java.time.Duration;

/**
 * The result of a check, which was made or skipped.
 *
 * @param took the time from the question to the answer
 */
public record CheckResult(ProbeCheck check, Outcome outcome, Duration took) {}
