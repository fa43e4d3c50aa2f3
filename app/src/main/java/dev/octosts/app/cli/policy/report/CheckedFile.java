package dev.octosts.app.cli.policy.report;

import dev.octosts.policy.lint.Diagnostic;
import java.util.List;

/**
 * The result of the check of one file.
 *
 * @param file the file that was checked
 * @param kind the kind of file that it was taken for
 * @param text the content; empty when it cannot be read
 * @param diagnostics in file order
 * @param fixed codes of the faults that were fixed
 */
public record CheckedFile(
        FoundFile file, Kind kind, SourceText text, List<Diagnostic> diagnostics, List<String> fixed) {

    public CheckedFile {
        diagnostics = List.copyOf(diagnostics);
        fixed = List.copyOf(fixed);
    }

    /** The kinds of files. */
    public enum Kind {
        REPOSITORY("repository policy"),
        ORGANIZATION("organization policy"),
        TRUSTED_ISSUERS("trusted issuers"),
        GUARDRAILS("guard rails"),
        TEST("policy test");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }
}
