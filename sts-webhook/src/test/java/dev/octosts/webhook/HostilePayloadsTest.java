package dev.octosts.webhook;

import static dev.octosts.webhook.WebhookFixture.BEFORE;
import static dev.octosts.webhook.WebhookFixture.HEAD;
import static dev.octosts.webhook.WebhookFixture.path;
import static dev.octosts.webhook.WebhookFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.DeliveryResult;
import dev.octosts.api.ProblemCode;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.ChangedFile;
import dev.octosts.sandbox.github.PullRequest;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signed payloads in which each field in turn is something else than GitHub writes. */
@Timeout(300)
class HostilePayloadsTest {

    private static final List<JsonValue> HOSTILE = List.of(
            JsonValue.NULL,
            JsonValue.TRUE,
            Json.createValue(0),
            Json.createValue(-1),
            Json.createValue(1.5),
            Json.createValue(Long.MAX_VALUE),
            Json.createValue(""),
            Json.createValue(" "),
            Json.createValue(".."),
            Json.createValue("a/../b?c#d%2e"),
            Json.createValue("line\nbreak\u0000\u202e"),
            Json.createValue("\ud800"),
            Json.createValue("x".repeat(8_000)),
            JsonValue.EMPTY_JSON_OBJECT,
            JsonValue.EMPTY_JSON_ARRAY,
            Json.createArrayBuilder().add(JsonValue.NULL).add("x").add(1).build());

    private final WebhookFixture webhook = new WebhookFixture();

    @AfterEach
    void close() {
        webhook.close();
    }

    static Stream<String> events() {
        return Stream.of(
                "push",
                "pull_request",
                "check_suite",
                "check_run",
                "merge_group",
                "installation",
                "installation_repositories",
                "installation_target",
                "repository");
    }

    private String payload(String event) {
        return switch (event) {
            case "push" -> webhook.push("refs/heads/main", path("a"), path("b"), path("c"));
            case "pull_request" ->
                webhook.pullRequest("edited", 7)
                        .replace("\"base\": {", "\"changed_files\": 1, \"base\": {")
                        .replaceFirst("\\{", "{\"changes\": {\"base\": {\"ref\": {\"from\": \"old\"}}}, ");
            case "check_suite" ->
                webhook.suite(
                        "requested",
                        "{\"number\": 7, \"base\": {\"sha\": \"%s\", \"repo\": {\"id\": 1, \"url\": \"x/repos/o/r\"}}}"
                                .formatted(BEFORE));
            case "merge_group" -> """
                {"action": "checks_requested", "merge_group": {"head_sha": "%s", "base_sha": "%s",
                 "base_ref": "refs/heads/main"}, %s}
                """.formatted(HEAD, BEFORE, webhook.base("octo-repo"));
            case "check_run" -> """
                {"action": "rerequested", "check_run": {"name": "x", "app": {"id": 1}, "check_suite":
                 {"head_branch": "topic", "head_sha": "%s", "before": "%s", "pull_requests": [{"number": 7}]}}, %s}
                """.formatted(HEAD, BEFORE, webhook.base("octo-repo"));
            default ->
                """
                {"action": "x", "installation": {"id": %d, "account": {"login": "%s"}},
                 "account": {"login": "%s"}, "repositories_added": [{"full_name": "octocat/b"}],
                 "repositories_removed": [{"full_name": "octocat/a"}],
                 "changes": {"login": {"from": "x"}, "repository": {"name": {"from": "y"}},
                             "owner": {"from": {"user": {"login": "z"}, "organization": {"login": "z"}}}}%s}
                """.formatted(
                                webhook.installation().id(),
                                webhook.owner(),
                                webhook.owner(),
                                event.equals("repository")
                                        ? ", \"repository\": {\"name\": \"octo-repo\", \"owner\": {\"login\": \""
                                                + webhook.owner() + "\"}}"
                                        : "");
        };
    }

    /** JSON pointers of all that is in a document, and of the document. */
    private static List<String> places(JsonValue value, String pointer) {
        var places = new ArrayList<String>();
        places.add(pointer);
        switch (value) {
            case JsonObject object ->
                object.forEach(
                        (name, member) -> places.addAll(places(member, pointer + "/" + Json.encodePointer(name))));
            case JsonArray array -> {
                for (int at = 0; at < array.size(); at++) {
                    places.addAll(places(array.get(at), pointer + "/" + at));
                }
            }
            default -> {}
        }
        return places;
    }

    private static String with(JsonStructure document, String pointer, JsonValue value) {
        return pointer.isEmpty()
                ? value.toString()
                : Json.createPointer(pointer).replace(document, value).toString();
    }

    private static String without(JsonStructure document, String pointer) {
        return Json.createPointer(pointer).remove(document).toString();
    }

    @ParameterizedTest
    @MethodSource("events")
    void are_answered_and_are_no_fault_of_the_service(String event) {
        webhook.put("a", policy("contents: read")).put("b", policy("contents: read"));
        webhook.repository()
                .addComparison(BEFORE, HEAD, 1, List.of(ChangedFile.added(path("a"))))
                .addPullRequest(7, PullRequest.of(HEAD, BEFORE, List.of(ChangedFile.added(path("b")))));
        JsonStructure document =
                Json.createReader(new StringReader(payload(event))).read();
        for (String pointer : places(document, "")) {
            if (!pointer.isEmpty()) {
                check(event, pointer, without(document, pointer));
            }
            for (JsonValue value : HOSTILE) {
                check(event, pointer, with(document, pointer, value));
            }
        }
    }

    private void check(String event, String pointer, String json) {
        DeliveryResult receipt = webhook.deliver(event, json);

        assertThat(receipt).as("%s %s: %s", event, pointer, json).satisfies(answer -> {
            if (answer instanceof DeliveryResult.Refused refused) {
                assertThat(refused.problem().code())
                        .isIn(ProblemCode.INVALID_ARGUMENT, ProblemCode.NOT_FOUND, ProblemCode.INTERNAL);
                assertThat(refused.problem().message()).isNotEqualTo("internal error");
                // What is said of a payload is said in our words.
                assertThat(refused.problem().message()).hasSizeLessThan(200).doesNotContain("\n", "xxx");
            }
        });
        assertThat(webhook.calls()).as("%s %s", event, pointer).doesNotContain(CallKind.OTHER);
    }

    @Test
    void with_a_broken_name_are_told_without_breaking_log_or_markdown() {
        String name = "a`\\n| <img src=x onerror=alert(1)> @octocat \\u001b[31m [x](javascript:1)";
        webhook.deliver("push", webhook.push("refs/heads/topic", path(name), "", ""));

        var run = webhook.checkRun();
        assertThat(run.conclusion()).isEqualTo("failure");
        assertThat(run.summary()).doesNotContain("\u001b").contains("\\u{a}| <img", "\\u{1b}[31m");
        assertThat(run.summary().lines().filter(line -> line.startsWith("|"))).isEmpty();
        assertThat(Map.of("block", run.summary()))
                .hasEntrySatisfying(
                        "block", text -> assertThat(text.indexOf("<img")).isGreaterThan(text.indexOf("```text")));
    }
}
