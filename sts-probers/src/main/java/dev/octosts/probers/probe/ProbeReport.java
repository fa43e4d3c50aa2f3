package dev.octosts.probers.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The report of a round that has ended.
 *
 * @param begun the time of the beginning
 * @param took the duration, clean-up included
 * @param calls the number of HTTP calls, those for identity tokens included
 * @param results one for each check of the round, in order
 */
public record ProbeReport(Round round, Instant begun, Duration took, int calls, List<CheckResult> results) {

    public ProbeReport {
        results = List.copyOf(results);
    }

    /** Whether there is no alarm, and at least one check proved something. */
    public boolean isPassed() {
        return alarms().isEmpty()
                && results.stream().anyMatch(result -> result.outcome() instanceof CheckOutcome.Passed);
    }

    /** Whether the service or GitHub granted more than it may. */
    public boolean isBreached() {
        return results.stream().anyMatch(result -> result.outcome() instanceof CheckOutcome.Breached);
    }

    /** The results that an operator should look at. */
    public List<CheckResult> alarms() {
        return results.stream().filter(result -> result.outcome().isAlarm()).toList();
    }

    /**
     * The result of a check, which was made or skipped.
     *
     * @param took the time from the question to the answer
     */
    public record CheckResult(ProbeCheck check, CheckOutcome outcome, Duration took) {}
}
