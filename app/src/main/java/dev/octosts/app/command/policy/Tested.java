package dev.octosts.app.command.policy;

import dev.octosts.policy.lint.PolicyTests;
import java.util.List;

/**
 * The results of one test file.
 *
 * @param file as the caller would write it
 * @param results one for each test, never empty
 */
record Tested(String file, List<PolicyTests.Result> results) {

    Tested {
        results = List.copyOf(results);
    }

    /** The result for a file that could not be used at all. */
    static Tested failed(String file, String reason) {
        return new Tested(file, List.of(new PolicyTests.Result("the tests can be run", false, reason)));
    }

    boolean passed() {
        return results.stream().allMatch(PolicyTests.Result::passed);
    }

    long failures() {
        return results.stream().filter(result -> !result.passed()).count();
    }
}
