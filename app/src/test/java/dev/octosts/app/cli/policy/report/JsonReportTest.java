package dev.octosts.app.cli.policy.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.cli.policy.PolicyTest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

public class JsonReportTest extends PolicyTest {

    public static JsonObject object(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    @Test
    void has_every_file_and_what_there_is_to_say_about_it() throws IOException {
        write("a.sts.yaml", CLEAN);
        write("b\u00fc\"\n.sts.yaml", "# \ud83d\ude00 \u00fc\n" + WRONG);

        var result = check("--format=json", ".");
        var report = object(result.out());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).matches("[ -~\\n\\r]*");
        assertThat(report.getJsonArray("files")).hasSize(2);
        assertThat(report.getJsonArray("files").getJsonObject(0)).isEqualTo(object("""
                {"file": "a.sts.yaml", "kind": "repository policy", "fixed": [], "diagnostics": []}
                """));
        assertThat(report.getJsonArray("files").getJsonObject(1)).isEqualTo(object("""
                {"file": "b\\u00fc\\"\\n.sts.yaml", "kind": "repository policy", "fixed": [], "diagnostics": [{
                  "code": "STS012", "severity": "error", "title": "GitHub has no such permission",
                  "message": "unknown permission \\"pull-requests\\"; did you mean pull_requests?",
                  "line": 5, "column": 3, "endLine": 5, "endColumn": 16,
                  "fix": {"advice": "write pull_requests", "edits": [
                    {"line": 5, "column": 3, "endLine": 5, "endColumn": 16, "replacement": "pull_requests"}]}}]}
                """));
        assertThat(report.getJsonObject("summary"))
                .isEqualTo(object("{\"files\": 2, \"errors\": 1, \"warnings\": 0, \"hints\": 0, \"fixed\": 0}"));
    }
}
