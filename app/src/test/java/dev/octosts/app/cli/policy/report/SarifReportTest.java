package dev.octosts.app.cli.policy.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.cli.policy.PolicyTest;
import dev.octosts.policy.diagnostic.DiagnosticCode;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the schema of SARIF 2.1.0 asks for, and what code scanning makes use of. */
class SarifReportTest extends PolicyTest {

    private JsonObject run(String... arguments) {
        var report = JsonReportTest.object(check(arguments).out());
        assertThat(report.keySet()).containsExactlyInAnyOrder("$schema", "version", "runs");
        assertThat(report.getString("version")).isEqualTo("2.1.0");
        assertThat(report.getString("$schema")).isEqualTo("https://json.schemastore.org/sarif-2.1.0.json");
        assertThat(report.getJsonArray("runs")).hasSize(1);
        return report.getJsonArray("runs").getJsonObject(0);
    }

    @Test
    void describes_every_rule_though_nothing_was_found() throws IOException {
        write("ci.sts.yaml", CLEAN);

        var run = run("--format=sarif", ".");
        var driver = run.getJsonObject("tool").getJsonObject("driver");

        assertThat(run.getJsonArray("results")).isEmpty();
        assertThat(run.getString("columnKind")).isEqualTo("unicodeCodePoints");
        assertThat(driver.getString("name")).isEqualTo("octo-sts");
        assertThat(driver.getJsonArray("rules"))
                .hasSameSizeAs(DiagnosticCode.values())
                .allSatisfy(each -> {
                    var rule = each.asJsonObject();
                    assertThat(rule.getString("id")).matches("STS0\\d\\d");
                    assertThat(rule.getString("name")).matches("([A-Z][a-z]+)+");
                    assertThat(rule.getJsonObject("shortDescription").getString("text"))
                            .isNotBlank();
                    assertThat(rule.getString("helpUri"))
                            .startsWith("https://")
                            .endsWith("#" + rule.getString("id").toLowerCase(java.util.Locale.ROOT));
                    assertThat(rule.getJsonObject("defaultConfiguration").getString("level"))
                            .isIn("error", "warning", "note");
                });
        assertThat(driver.getJsonArray("rules").stream()
                        .map(rule -> rule.asJsonObject().getString("id")))
                .containsExactlyElementsOf(Arrays.stream(DiagnosticCode.values())
                        .map(DiagnosticCode::id)
                        .toList());
    }

    @Test
    void has_places_relative_to_the_checkout_and_mechanical_fixes() throws IOException {
        write(".git/config", "");
        write("a b/\u00fc#.sts.yaml", "\ufeff" + WRONG);

        var run = run("--format=sarif", "a b");

        assertThat(run.getJsonObject("originalUriBaseIds")
                        .getJsonObject("%SRCROOT%")
                        .getString("uri"))
                .isEqualTo(folder.toUri().toString());
        assertThat(run.getJsonArray("results")).hasSize(1);
        assertThat(run.getJsonArray("results").getJsonObject(0)).isEqualTo(JsonReportTest.object("""
                {"ruleId": "STS012", "level": "error",
                 "message": {"text": "unknown permission \\"pull-requests\\"; did you mean pull_requests?"},
                 "locations": [{"physicalLocation": {
                   "artifactLocation": {"uri": "a%20b/%C3%BC%23.sts.yaml", "uriBaseId": "%SRCROOT%"},
                   "region": {"startLine": 4, "startColumn": 3, "endLine": 4, "endColumn": 16}}}],
                 "fixes": [{"description": {"text": "write pull_requests"}, "artifactChanges": [{
                   "artifactLocation": {"uri": "a%20b/%C3%BC%23.sts.yaml", "uriBaseId": "%SRCROOT%"},
                   "replacements": [{
                     "deletedRegion": {"startLine": 4, "startColumn": 3, "endLine": 4, "endColumn": 16},
                     "insertedContent": {"text": "pull_requests"}}]}]}]}
                """));
    }

    @Test
    void has_absolute_places_of_files_elsewhere() throws IOException {
        var file = write("elsewhere/ci.sts.yaml", WRONG);
        write("here/.git/config", "");

        assertThat(new ReportPaths(folder.resolve("here")).reference(file)).isEqualTo("file://" + file);
        assertThat(new ReportPaths(folder.resolve("here")).contains(file)).isFalse();
    }
}
