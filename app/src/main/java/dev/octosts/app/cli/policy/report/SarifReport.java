package dev.octosts.app.cli.policy.report;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.Position;
import dev.octosts.policy.diagnostic.Severity;
import dev.octosts.policy.lint.Diagnostic;
import dev.octosts.policy.lint.Example;
import dev.octosts.policy.lint.Fix;
import dev.octosts.policy.lint.Fix.Edit;
import dev.octosts.policy.text.JsonWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reports diagnostics in the format of code scanning services.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
public final class SarifReport implements ReportWriter {

    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
    private static final String BASE = "%SRCROOT%";

    private final PrintWriter out;
    private final ReportPaths paths;
    private final String version;
    private String separator = "";

    public SarifReport(PrintWriter out, ReportPaths paths, String version) {
        this.out = out;
        this.paths = paths;
        this.version = version;
    }

    @Override
    public void begin() {
        var driver = new LinkedHashMap<String, Object>();
        driver.put("name", "octo-sts");
        driver.put("version", version);
        driver.put("informationUri", Links.DOCUMENTATION);
        driver.put(
                "rules",
                Arrays.stream(DiagnosticCode.values()).map(SarifReport::rule).toList());
        var head = new LinkedHashMap<String, Object>();
        head.put("tool", Map.of("driver", driver));
        head.put("columnKind", "unicodeCodePoints");
        head.put("originalUriBaseIds", Map.of(BASE, Map.of("uri", paths.baseReference())));
        out.println("{");
        out.println("  \"$schema\": \"" + SCHEMA + "\",");
        out.println("  \"version\": \"2.1.0\",");
        out.println("  \"runs\": [");
        out.println("    {");
        head.forEach((name, value) -> out.println("      \"" + name + "\": " + JsonWriter.forBuilds(value, 3) + ","));
        out.print("      \"results\": [");
    }

    @Override
    public void file(CheckedFile checked) {
        for (Diagnostic diagnostic : checked.diagnostics()) {
            out.print(separator + System.lineSeparator() + "        "
                    + JsonWriter.forBuilds(result(checked, diagnostic), 4));
            separator = ",";
        }
    }

    @Override
    public void end(ReportCounts counts) {
        out.println(System.lineSeparator() + "      ]");
        out.println("    }");
        out.println("  ]");
        out.println("}");
    }

    private static Map<String, Object> rule(DiagnosticCode code) {
        var rule = new LinkedHashMap<String, Object>();
        rule.put("id", code.id());
        rule.put("name", pascalCase(code));
        rule.put("shortDescription", Map.of("text", code.title()));
        rule.put("fullDescription", Map.of("text", code.title() + "."));
        rule.put("helpUri", Links.address(code));
        if (code != DiagnosticCode.BAD_TEST) {
            var example = Example.of(code);
            var help = new LinkedHashMap<String, Object>();
            help.put("text", code.title() + ". Wrong:\n" + example.wrong() + "\nRight:\n" + example.right());
            help.put(
                    "markdown",
                    code.title() + ".\n\nWrong:\n```yaml\n" + example.wrong() + "```\n\nRight:\n```yaml\n"
                            + example.right() + "```\n");
            rule.put("help", help);
        }
        rule.put("defaultConfiguration", Map.of("level", level(code.severity())));
        return rule;
    }

    private Map<String, Object> result(CheckedFile checked, Diagnostic diagnostic) {
        var artifact = artifact(checked.file().path());
        var location = new LinkedHashMap<String, Object>();
        location.put("artifactLocation", artifact);
        location.put(
                "region", region(diagnostic.place().start(), diagnostic.place().end()));
        var result = new LinkedHashMap<String, Object>();
        result.put("ruleId", diagnostic.code().id());
        result.put("level", level(diagnostic.severity()));
        result.put("message", Map.of("text", diagnostic.message()));
        result.put("locations", List.of(Map.of("physicalLocation", location)));
        diagnostic
                .fix()
                .filter(Fix::isMechanical)
                .ifPresent(fix -> result.put("fixes", List.of(fix(checked.text(), artifact, fix))));
        return result;
    }

    private static Map<String, Object> fix(SourceText text, Map<String, Object> artifact, Fix fix) {
        var change = new LinkedHashMap<String, Object>();
        change.put("artifactLocation", artifact);
        change.put(
                "replacements",
                fix.edits().stream().map(edit -> replacement(text, edit)).toList());
        var map = new LinkedHashMap<String, Object>();
        map.put("description", Map.of("text", fix.advice()));
        map.put("artifactChanges", List.of(change));
        return map;
    }

    private static Map<String, Object> replacement(SourceText text, Edit edit) {
        var map = new LinkedHashMap<String, Object>();
        map.put("deletedRegion", region(text.position(edit.start()), text.position(edit.end())));
        map.put("insertedContent", Map.of("text", edit.replacement()));
        return map;
    }

    private Map<String, Object> artifact(Path file) {
        var map = new LinkedHashMap<String, Object>();
        map.put("uri", paths.reference(file));
        if (paths.contains(file)) {
            map.put("uriBaseId", BASE);
        }
        return map;
    }

    private static Map<String, Object> region(Position start, Position end) {
        var map = new LinkedHashMap<String, Object>();
        map.put("startLine", start.line());
        map.put("startColumn", start.column());
        map.put("endLine", end.line());
        map.put("endColumn", end.column());
        return map;
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case HINT -> "note";
        };
    }

    private static String pascalCase(DiagnosticCode code) {
        var words = Arrays.asList(code.name().toLowerCase(Locale.ROOT).split("_", -1));
        return words.stream()
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }
}
