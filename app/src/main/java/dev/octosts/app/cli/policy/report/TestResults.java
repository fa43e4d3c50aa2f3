package dev.octosts.app.cli.policy.report;

import dev.octosts.policy.test.PolicyTests;
import java.util.List;

/**
 * The results of one test file.
 *
 * @param file as the caller would write it
 * @param results one for each test, never empty
 */
public record TestResults(String file, List<PolicyTests.Result> results) {

    public TestResults {
        results = List.copyOf(results);
    }

    /** The result for a file that could not be used at all. */
    public static TestResults failed(String file, String reason) {
        return new TestResults(file, List.of(new PolicyTests.Result("the tests can be run", false, reason)));
    }

    public boolean passed() {
        return results.stream().allMatch(PolicyTests.Result::passed);
    }

    public long failures() {
        return results.stream().filter(result -> !result.passed()).count();
    }
}
