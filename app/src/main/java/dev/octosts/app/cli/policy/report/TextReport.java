package dev.octosts.app.cli.policy.report;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.lint.Diagnostic;
import dev.octosts.policy.text.SafeText;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.Set;

/** Reports diagnostics to people: each with the line that it is about. */
public final class TextReport implements ReportWriter {

    /** The diagnostics that no line of the file causes. */
    private static final Set<DiagnosticCode> WHOLE_FILE =
            EnumSet.of(DiagnosticCode.WRONG_FILE_NAME, DiagnosticCode.DRAFT_NAME, DiagnosticCode.BAD_TEST);

    private final PrintWriter out;
    private final Colours colours;
    private final Links links;

    /** Without links. */
    public TextReport(PrintWriter out, Colours colours) {
        this(out, colours, new Links(false));
    }

    public TextReport(PrintWriter out, Colours colours, Links links) {
        this.out = out;
        this.colours = colours;
        this.links = links;
    }

    @Override
    public void file(CheckedFile checked) {
        var path = SafeText.line(checked.file().shown());
        for (Diagnostic diagnostic : checked.diagnostics()) {
            var severity = diagnostic.severity();
            out.println(colours.path(path + ":" + diagnostic.line() + ":" + diagnostic.column() + ":")
                    + " "
                    + colours.severity(severity, severity.wireName() + " " + links.code(diagnostic.code()))
                    + ": " + SafeText.line(diagnostic.message()));
            excerpt(checked, diagnostic);
        }
        if (!checked.fixed().isEmpty()) {
            out.println(colours.path(path) + ": fixed " + String.join(", ", checked.fixed()));
        }
        for (CheckedFile.ProposedFix change : checked.changes()) {
            out.println(colours.path(path) + ": " + change.title());
            change.diff().lines().forEach(out::println);
        }
    }

    @Override
    public void end(ReportCounts counts) {
        out.println(counts.text());
    }

    private void excerpt(CheckedFile checked, Diagnostic diagnostic) {
        var excerpt = Excerpt.of(checked.text(), diagnostic.place());
        if (WHOLE_FILE.contains(diagnostic.code()) || excerpt.line().isEmpty()) {
            return;
        }
        var number = "%5d".formatted(excerpt.number());
        out.println(number + " | " + excerpt.line());
        out.println(" ".repeat(number.length()) + " | " + colours.mark(excerpt.mark()));
    }
}
