package dev.octosts.app.cli.policy.report;

import dev.octosts.policy.lint.Diagnostic;
import dev.octosts.policy.text.SafeText;
import java.io.PrintWriter;
import java.util.stream.Collectors;

/**
 * Reports diagnostics as annotations of a run of GitHub Actions.
 *
 * @see <a href="https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands">GitHub: workflow
 *     commands</a>
 */
public final class GitHubReport implements ReportWriter {

    private final PrintWriter out;
    private final ReportPaths paths;

    public GitHubReport(PrintWriter out, ReportPaths paths) {
        this.out = out;
        this.paths = paths;
    }

    @Override
    public void file(CheckedFile checked) {
        for (Diagnostic diagnostic : checked.diagnostics()) {
            out.println(command(paths.text(checked.file().path()), diagnostic));
        }
    }

    private static String command(String path, Diagnostic diagnostic) {
        var place = diagnostic.place();
        var text = new StringBuilder("::")
                .append(
                        switch (diagnostic.severity()) {
                            case ERROR -> "error";
                            case WARNING -> "warning";
                            case HINT -> "notice";
                        })
                .append(" file=")
                .append(property(path))
                .append(",line=")
                .append(diagnostic.line())
                .append(",endLine=")
                .append(place.end().line());
        // GitHub refuses columns when the range has several lines.
        if (place.end().line() == diagnostic.line()) {
            text.append(",col=")
                    .append(diagnostic.column())
                    .append(",endColumn=")
                    .append(place.end().column());
        }
        return text.append(",title=")
                .append(property(
                        diagnostic.code().id() + ": " + diagnostic.code().title()))
                .append("::")
                .append(data(SafeText.line(diagnostic.message())))
                .toString();
    }

    /** The runner ends a command at a line break, and a property at a comma or colon. */
    static String property(String text) {
        return data(visible(text)).replace(":", "%3A").replace(",", "%2C");
    }

    /**
     * A line break can be part of a path and has an escape of its own. Other characters that a terminal obeys or hides
     * have none.
     */
    private static String visible(String text) {
        return text.codePoints()
                .mapToObj(c -> c == '\r' || c == '\n' || !SafeText.isDangerous(c)
                        ? Character.toString(c)
                        : "\\u%04x".formatted(c))
                .collect(Collectors.joining());
    }

    static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }
}
