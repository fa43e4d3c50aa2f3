package dev.octosts.app.command.policy;

import dev.octosts.policy.lint.Diagnostic;
import java.util.List;

/**
 * What there is to say about a file.
 *
 * @param file that was looked at
 * @param kind what it was taken for
 * @param text what it says; empty when it cannot be read
 * @param diagnostics in file order
 * @param mended codes of what was wrong with it and was mended
 */
record Checked(FoundFile file, Kind kind, SourceText text, List<Diagnostic> diagnostics, List<String> mended) {

    Checked {
        diagnostics = List.copyOf(diagnostics);
        mended = List.copyOf(mended);
    }

    /** What a file can be. */
    enum Kind {
        REPOSITORY("repository policy"),
        ORGANIZATION("organization policy"),
        TRUSTED_ISSUERS("trusted issuers"),
        GUARDRAILS("guard rails"),
        TEST("policy test");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }
}
