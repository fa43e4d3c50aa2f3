package dev.octosts.app.cli.policy.report;

import dev.octosts.policy.diagnostic.Position;
import dev.octosts.policy.diagnostic.Severity;
import dev.octosts.policy.lint.Diagnostic;
import dev.octosts.policy.lint.Fix;
import dev.octosts.policy.lint.Fix.Edit;
import dev.octosts.policy.text.JsonWriter;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reports diagnostics to programs: one object, with the files in {@code files} and the counts in {@code summary}. */
public final class JsonReport implements ReportWriter {

    private final PrintWriter out;
    private String separator = "";

    public JsonReport(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void begin() {
        out.print("{" + System.lineSeparator() + "  \"files\": [");
    }

    @Override
    public void file(CheckedFile checked) {
        var file = new LinkedHashMap<String, Object>();
        file.put("file", checked.file().shown());
        file.put("kind", checked.kind());
        file.put("fixed", checked.fixed());
        file.put(
                "diagnostics",
                checked.diagnostics().stream()
                        .map(diagnostic -> diagnostic(checked.text(), diagnostic))
                        .toList());
        out.print(separator + System.lineSeparator() + "    " + JsonWriter.forBuilds(file, 2));
        separator = ",";
    }

    @Override
    public void end(ReportCounts counts) {
        var summary = new LinkedHashMap<String, Object>();
        summary.put("files", counts.files());
        summary.put("errors", counts.count(Severity.ERROR));
        summary.put("warnings", counts.count(Severity.WARNING));
        summary.put("hints", counts.count(Severity.HINT));
        summary.put("fixed", counts.fixed());
        out.println(System.lineSeparator() + "  ],");
        out.println("  \"summary\": " + JsonWriter.forBuilds(summary, 1));
        out.println("}");
    }

    /** A diagnostic in the form of this report. */
    public static Map<String, Object> diagnostic(SourceText text, Diagnostic diagnostic) {
        var map = new LinkedHashMap<String, Object>();
        map.put("code", diagnostic.code().id());
        map.put("severity", diagnostic.severity().wireName());
        map.put("title", diagnostic.code().title());
        map.put("message", diagnostic.message());
        map.putAll(range(diagnostic.place().start(), diagnostic.place().end()));
        diagnostic.fix().ifPresent(fix -> {
            var written = fix(text, fix);
            if (fix.isMechanical() && !diagnostic.isPlainlyFixed()) {
                written.put("suggestion", true);
            }
            map.put("fix", written);
        });
        return map;
    }

    private static Map<String, Object> fix(SourceText text, Fix fix) {
        var map = new LinkedHashMap<String, Object>();
        map.put("advice", fix.advice());
        List<Object> edits =
                fix.edits().stream().<Object>map(edit -> edit(text, edit)).toList();
        map.put("edits", edits);
        return map;
    }

    private static Map<String, Object> edit(SourceText text, Edit edit) {
        var map = range(text.position(edit.start()), text.position(edit.end()));
        map.put("replacement", edit.replacement());
        return map;
    }

    private static Map<String, Object> range(Position start, Position end) {
        var map = new LinkedHashMap<String, Object>();
        map.put("line", start.line());
        map.put("column", start.column());
        map.put("endLine", end.line());
        map.put("endColumn", end.column());
        return map;
    }
}
