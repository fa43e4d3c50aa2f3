package dev.octosts.probers.smoke;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What came of smoke tests, in the order of the file. */
public record SmokeReport(String domain, List<Result> results) {

    public SmokeReport {
        results = List.copyOf(results);
    }

    /**
     * One test.
     *
     * @param faults what is wrong, without any token; empty when it passed
     * @param requestId what finds the refused request in the service's log; empty when there is none to look for
     */
    public record Result(String name, Duration took, List<String> faults, Optional<String> requestId) {

        public Result {
            faults = List.copyOf(faults);
        }

        public boolean isPassed() {
            return faults.isEmpty();
        }
    }

    public boolean isPassed() {
        return results.stream().allMatch(Result::isPassed);
    }
}
