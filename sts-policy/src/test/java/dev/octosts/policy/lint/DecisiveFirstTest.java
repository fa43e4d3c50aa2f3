package dev.octosts.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.diagnostic.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisiveFirstTest {
    private static final String EVERYTHING = """
            issuer: https://token.actions.githubusercontent.com
            subject: repo:octo-org/octo-repo:pull_request
            audience: sts.amazonaws.com
            claim_pattern:
              workflow: a.b
            permissions:
              workflows: read
              pull-requests: write
              contnts: read
            """;

    @Test
    void errors_come_first_then_warnings_then_hints_each_by_line() {
        List<Diagnostic> told = Linting.lint(EVERYTHING);

        assertThat(told).extracting(Diagnostic::severity).isSorted();
        assertThat(told).extracting(Diagnostic::severity).contains(Severity.ERROR, Severity.WARNING, Severity.HINT);
        for (Severity severity : Severity.values()) {
            assertThat(told.stream()
                            .filter(found -> found.severity() == severity)
                            .map(Diagnostic::line))
                    .isSorted();
        }
        assertThat(told.getFirst().message()).startsWith("unknown permission \"pull-requests\"");
    }

    @Test
    void what_is_missing_comes_after_every_other_error() {
        assertThat(Linting.lint("issuer: https://gitlab.com\nclaim_pattern:\n  ref: (\n" + Linting.GRANT))
                .extracting(found -> found.code().id())
                .containsExactly("STS022", "STS020");
    }
}
