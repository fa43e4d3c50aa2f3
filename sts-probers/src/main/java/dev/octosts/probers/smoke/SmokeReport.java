package dev.octosts.probers.smoke;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The results of smoke tests, in the order of the file. */
public record SmokeReport(String domain, List<Result> results) {

    public SmokeReport {
        results = List.copyOf(results);
    }

    /**
     * The result of one test.
     *
     * @param faults the faults, without any token; empty when it passed
     * @param requestId the id of the refused request in the service's log; empty when there is none
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
