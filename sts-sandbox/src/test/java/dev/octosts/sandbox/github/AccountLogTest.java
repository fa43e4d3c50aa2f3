package dev.octosts.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Client;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The audit log of an organization, as GitHub describes it in its OpenAPI description of Enterprise Cloud. */
class AccountLogTest extends GitHubTest {
    private static final String PATH = "/orgs/octo-org/audit-log";
    private static final String ADMINISTRATION = "{\"permissions\":{\"organization_administration\":\"read\"}}";
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");

    /** The members of {@code audit-log-event} in the description, with their types. It lets events have others. */
    private static final Map<String, JsonValue.ValueType> DESCRIBED = Map.ofEntries(
            Map.entry("@timestamp", JsonValue.ValueType.NUMBER),
            Map.entry("_document_id", JsonValue.ValueType.STRING),
            Map.entry("action", JsonValue.ValueType.STRING),
            Map.entry("actor", JsonValue.ValueType.STRING),
            Map.entry("actor_id", JsonValue.ValueType.NUMBER),
            Map.entry("actor_location", JsonValue.ValueType.OBJECT),
            Map.entry("created_at", JsonValue.ValueType.NUMBER),
            Map.entry("operation_type", JsonValue.ValueType.STRING),
            Map.entry("org", JsonValue.ValueType.STRING),
            Map.entry("org_id", JsonValue.ValueType.NUMBER),
            Map.entry("repo", JsonValue.ValueType.STRING),
            Map.entry("transport_protocol_name", JsonValue.ValueType.STRING));

    private final Account enterprise = github.organization("octo-org");
    private final Installation administered = github.install(
            github.app(4711, "administrator", Permissions.none().and("organization_administration", Level.WRITE)),
            enterprise);

    private HttpResponse<String> page(String query) {
        return client.get(client.token(administered, ADMINISTRATION), PATH + query);
    }

    private static JsonArray events(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try (var reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readArray();
        }
    }

    @Test
    void has_pages_with_cursors_in_either_order_and_events_as_described() {
        AccountLog log = github.auditLog(enterprise);
        for (int number = 0; number < 5; number++) {
            log.add(
                    BEGIN.plusSeconds(number),
                    number == 3 ? "git.clone" : "repo.create",
                    "ghs_secret",
                    "octo-org/octo-repo",
                    Map.of("transport_protocol_name", "http"));
        }
        var seen = new ArrayList<JsonObject>();
        String query = "?include=all&order=asc&per_page=2";
        String after = "";
        do {
            var answer = page(query + after);
            seen.addAll(events(answer).getValuesAs(JsonObject.class));
            var next = Pattern.compile("<https://localhost:[0-9]+/organizations/[0-9]+/audit-log\\?.*(&after=[^&>]+)"
                            + ".*>; rel=\"next\"")
                    .matcher(answer.headers().firstValue("link").orElse(""));
            after = next.matches() ? next.group(1) : "";
        } while (!after.isEmpty());

        assertThat(seen)
                .extracting(event -> event.getJsonNumber("@timestamp").longValue())
                .containsExactlyElementsOf(List.of(0, 1, 2, 3, 4).stream()
                        .map(second -> BEGIN.plusSeconds(second).toEpochMilli())
                        .toList());
        assertThat(seen)
                .allSatisfy(event -> event.forEach((name, value) -> {
                    if (!name.equals("hashed_token") && !name.equals("programmatic_access_type")) {
                        assertThat(value.getValueType()).as(name).isEqualTo(DESCRIBED.get(name));
                    }
                }));
        assertThat(seen.toString()).doesNotContain("ghs_secret");
        assertThat(seen.stream().map(event -> event.getString("_document_id"))).doesNotHaveDuplicates();
        assertThat(events(page("?order=asc"))).as("git's events are asked for").hasSize(4);
        assertThat(events(page("?include=git"))).hasSize(1);
        assertThat(events(page("?include=all&phrase=created:%3E%3D2026-11-01T00:00:02%2B00:00")))
                .hasSize(3)
                .first()
                .asString()
                .as("the newest first")
                .contains(Long.toString(BEGIN.plusSeconds(4).toEpochMilli()));
    }

    @Test
    void is_shown_only_to_those_who_may_read_it_and_of_their_own_organization() {
        assertThat(client.get(client.token(installation, "{\"permissions\":{\"contents\":\"read\"}}"), PATH)
                        .statusCode())
                .isEqualTo(403);
        assertThat(client.get(client.token(administered, ADMINISTRATION), "/orgs/other-org/audit-log")
                        .statusCode())
                .isEqualTo(404);
        github.auditLog(enterprise).shown(false);
        assertThat(page("").statusCode()).isEqualTo(404);
        assertThat(Client.object(page("")).getString("message")).isEqualTo("Not Found");
        github.auditLog(enterprise).shown(true);
        assertThat(page("?after=nonsense").statusCode()).isEqualTo(422);
    }
}
