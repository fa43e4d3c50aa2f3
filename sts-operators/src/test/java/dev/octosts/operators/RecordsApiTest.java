package dev.octosts.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.operators.spi.AuditField;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordsApiTest extends OperatorsFixture {

    private JsonObject json(String path) {
        var answer = as(bearer("watchers"), path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try (var reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        }
    }

    @Test
    void is_read_page_by_page_with_a_cursor() {
        for (int number = 0; number < 7; number++) {
            stores.record("owner-a");
        }
        var places = new ArrayList<String>();
        String before = "";
        int pages = 0;
        do {
            var page = json("/api/records?limit=3" + (before.isEmpty() ? "" : "&before=" + before));
            page.getJsonArray("records")
                    .getValuesAs(JsonObject.class)
                    .forEach(record -> places.add(record.getString("place")));
            before = page.getString("next", "");
            pages++;
        } while (!before.isEmpty());

        assertThat(pages).isEqualTo(3);
        assertThat(places)
                .containsExactly(
                        "20261130-7",
                        "20261130-6",
                        "20261130-5",
                        "20261130-4",
                        "20261130-3",
                        "20261130-2",
                        "20261130-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=0 | limit is a number from 1 to 500",
                "limit=501 | limit is a number from 1 to 500",
                "limit=x | limit is a number",
                "before=5 | before is not a place",
                "before=20261399-5 | before is not a place",
                "subject=%00 | subject has a character that no value of it has",
                "from=yesterday | from is a day or a time in UTC",
                "from=%2B1000000-01-01T00:00:00Z | from is a day or a time in UTC",
                "owner=a&owner=b | a parameter is there twice"
            })
    void refuses_what_it_does_not_understand(String query, String message) {
        var answer = as(bearer("watchers"), "/api/records?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(message);
    }

    @Test
    void exports_lines_of_json_and_of_csv_that_no_spreadsheet_computes() {
        stores.record(
                "owner-a", Map.of(AuditField.SUBJECT, "=cmd|'/c calc'!A0", AuditField.IDENTITY, "a\"b"), "{\"x\":1}");
        stores.record("owner-a");

        List<String> lines =
                as(bearer("watchers"), "/api/export").body().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).startsWith("{\"place\":\"20261130-2\"");
        assertThat(lines.getLast()).contains("\"data\":{\"x\":1}");

        List<String> rows =
                as(bearer("watchers"), "/api/export?format=csv").body().lines().toList();
        assertThat(rows.getFirst()).startsWith("place,id,at,kind,outcome,owner");
        assertThat(rows.getLast())
                .contains("\"'=cmd|'/c calc'!A0\"")
                .contains("\"a\"\"b\"")
                .contains("\"{\"\"x\"\":1}\"");
    }

    @Test
    void exports_no_more_than_was_asked_for() {
        for (int number = 0; number < 1_100; number++) {
            stores.record("owner-a");
        }
        assertThat(as(bearer("watchers"), "/api/export").body().lines()).hasSize(1_100);
        assertThat(as(bearer("watchers"), "/api/export?limit=700").body().lines())
                .hasSize(700)
                .last()
                .asString()
                .startsWith("{\"place\":\"20261130-401\"");
        assertThat(as(bearer("watchers"), "/api/export?limit=50001").statusCode())
                .isEqualTo(400);
    }

    @Test
    void takes_rules_that_make_sense() {
        var headers = new String[] {"Authorization", bearer("platform")};
        var made = send(
                "POST",
                "/api/deny",
                "{\"issuer\":\"https://gitlab.com\",\"claim\":\"ref=refs/heads/*\",\"reason\":\"r\",\"for\":\"90m\"}",
                headers);
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.body()).contains("\"claim\":\"ref=refs/heads/*\"").contains("expires_at");
        for (var wrong : Map.of(
                        "{\"reason\":\"r\"}", "would stop everybody",
                        "{\"subject\":\"*\",\"reason\":\"r\"}", "would stop everybody",
                        "{\"owner\":\"a\"}", "reason is empty; a reason is needed",
                        "{\"owner\":\"a/b\",\"reason\":\"r\"}", "owner is not the name of an account",
                        "{\"owner\":\"a\",\"reason\":\"r\",\"for\":\"soon\"}", "for is a time",
                        "{\"owner\":5}", "are texts",
                        "[1]", "not a JSON object")
                .entrySet()) {
            var answer = send("POST", "/api/deny", wrong.getKey(), headers);
            assertThat(answer.statusCode()).as(wrong.getKey()).isEqualTo(400);
            assertThat(answer.body()).as(wrong.getKey()).contains(wrong.getValue());
        }
        assertThat(stores.rules).hasSize(1);
    }

    @Test
    void takes_no_large_bodies_and_headers() {
        assertThat(send("POST", "/api/deny", "x".repeat(20_000), "Authorization", bearer("platform"))
                        .statusCode())
                .isEqualTo(413);
        assertThat(get("/api/me", "X-Large", "x".repeat(20_000)).statusCode()).isBetween(400, 499);
    }
}
