package dev.octosts.policy.lint;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What holds for each of a test's {@code MISTAKES}: a file of a repository, and what is reported of it first. */
abstract class MistakesOfPolicies {
    @ParameterizedTest
    @FieldSource("MISTAKES")
    void is_told_first_with_its_cause_and_its_remedy(String file, String line) {
        Linting.assertFirst(file, line, Linting.repository());
    }

    @ParameterizedTest
    @FieldSource("MISTAKES")
    void its_fix_removes_it(String file, String line) {
        Linting.assertFixed(file, Linting.repository());
    }
}
