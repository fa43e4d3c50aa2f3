package dev.octosts.probers.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A round that is over.
 *
 * @param begun when it began
 * @param took how long it took, clean-up included
 * @param calls how many HTTP calls it made, those for identity tokens included
 * @param results one for each check of the round, in order
 */
public record Report(Round round, Instant begun, Duration took, int calls, List<CheckResult> results) {

    public Report {
        results = List.copyOf(results);
    }

    /** Whether there is no alarm, and something was proven at all. */
    public boolean isPassed() {
        return alarms().isEmpty() && results.stream().anyMatch(result -> result.outcome() instanceof Outcome.Passed);
    }

    /** Whether something was granted that must not be. */
    public boolean isBreached() {
        return results.stream().anyMatch(result -> result.outcome() instanceof Outcome.Breached);
    }

    /** The results that somebody should look at. */
    public List<CheckResult> alarms() {
        return results.stream().filter(result -> result.outcome().isAlarm()).toList();
    }
}
