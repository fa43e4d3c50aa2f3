package dev.octosts.probers.smoke;

import java.time.Duration;
import java.util.List;

/** What came of smoke tests, in the order of the file. */
public record SmokeReport(String domain, List<Result> results) {

    public SmokeReport {
        results = List.copyOf(results);
    }

    /**
     * One test.
     *
     * @param faults what is wrong, without any token; empty when it passed
     */
    public record Result(String name, Duration took, List<String> faults) {

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
