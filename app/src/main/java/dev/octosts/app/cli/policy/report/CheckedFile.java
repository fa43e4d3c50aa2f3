package dev.octosts.app.cli.policy.report;

import dev.octosts.policy.lint.Diagnostic;
import java.util.List;

/**
 * The result of the check of one file.
 *
 * @param file the file that was checked
 * @param kind the title of the kind of file that it was taken for
 * @param text the content; empty when it cannot be read
 * @param diagnostics what decides first, then in file order
 * @param fixed codes of the faults that were fixed
 * @param changes what fixes would change, when that is only shown
 */
public record CheckedFile(
        FoundFile file,
        String kind,
        SourceText text,
        List<Diagnostic> diagnostics,
        List<String> fixed,
        List<ProposedFix> changes) {

    public CheckedFile {
        diagnostics = List.copyOf(diagnostics);
        fixed = List.copyOf(fixed);
        changes = List.copyOf(changes);
    }

    /** A file about which no changes are shown. */
    public CheckedFile(FoundFile file, String kind, SourceText text, List<Diagnostic> diagnostics, List<String> fixed) {
        this(file, kind, text, diagnostics, fixed, List.of());
    }

    /**
     * A change that fixes would make.
     *
     * @param title which fixes
     * @param diff in the unified format
     */
    public record ProposedFix(String title, String diff) {}

    /** The same file after faults with these codes were fixed. */
    public CheckedFile fixedBy(List<String> codes) {
        return new CheckedFile(file, kind, text, diagnostics, codes, changes);
    }

    /** The same file with changes to show. */
    public CheckedFile withChanges(List<ProposedFix> shown) {
        return new CheckedFile(file, kind, text, diagnostics, fixed, shown);
    }
}
