package dev.octosts.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.repository.FileKind;
import dev.octosts.policy.repository.GovernanceKind;
import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.policy.repository.PolicyPaths;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lints texts. */
public final class Linting {
    public static final String ISSUER = "issuer: https://token.actions.githubusercontent.com\n";
    public static final String SUBJECT = "subject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n";
    static final String GRANT = "permissions:\n  contents: read\n";
    static final String CLEAN = ISSUER + SUBJECT + GRANT;

    private Linting() {}

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static FileContext repository() {
        return FileContext.of(PolicyKind.REPOSITORY, "example.sts.yaml").in("octo-org", "octo-repo");
    }

    public static FileContext organization() {
        return FileContext.of(PolicyKind.ORGANIZATION, "example.sts.yaml").in("octo-org", ".github");
    }

    static FileContext context(FileKind kind) {
        return switch (kind) {
            case PolicyKind.REPOSITORY -> repository();
            case PolicyKind.ORGANIZATION -> organization();
            case GovernanceKind.TRUSTED_ISSUERS ->
                FileContext.of(kind, PolicyPaths.TRUSTED_ISSUERS_NAME).in("octo-org", ".github");
            case GovernanceKind.GUARDRAILS ->
                FileContext.of(kind, PolicyPaths.GUARDRAILS_NAME).in("octo-org", ".github");
        };
    }

    /** Before anything else, in one line. */
    static void assertFirst(String file, String line, FileContext context) {
        assertThat(told(file, context)).first().isEqualTo(line);
        assertThat(line).doesNotContain("\n");
    }

    /** What can be applied without judgement leaves no error of its kind. */
    static void assertFixed(String file, FileContext context) {
        Diagnostic first = PolicyLinter.lint(bytes(file), context).getFirst();
        assertThat(first.fix()).as("says what to do").isPresent();
        if (first.fix().get().isMechanical()) {
            byte[] fixed = Fix.apply(bytes(file), List.of(first.fix().get()));
            assertThat(PolicyLinter.lint(fixed, context))
                    .as(new String(fixed, StandardCharsets.UTF_8))
                    .noneMatch(left -> left.message().equals(first.message()));
        }
    }

    public static List<Diagnostic> lint(String file) {
        return PolicyLinter.lint(bytes(file), repository());
    }

    static List<String> told(String file, FileContext context) {
        return PolicyLinter.lint(bytes(file), context).stream()
                .map(Linting::told)
                .toList();
    }

    static String told(Diagnostic diagnostic) {
        return "%d:%d %s %s"
                .formatted(
                        diagnostic.line(),
                        diagnostic.column(),
                        diagnostic.code().id(),
                        diagnostic.message());
    }
}
