package dev.octosts.policy.lint;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lints texts. */
final class Linting {
    static final String ISSUER = "issuer: https://token.actions.githubusercontent.com\n";
    static final String SUBJECT = "subject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n";
    static final String GRANT = "permissions:\n  contents: read\n";
    static final String CLEAN = ISSUER + SUBJECT + GRANT;

    private Linting() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static FileContext repository() {
        return FileContext.of(FileKind.REPOSITORY, "example.sts.yaml").in("octo-org", "octo-repo");
    }

    static FileContext organization() {
        return FileContext.of(FileKind.ORGANIZATION, "example.sts.yaml").in("octo-org", ".github");
    }

    static List<Diagnostic> lint(String file) {
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
