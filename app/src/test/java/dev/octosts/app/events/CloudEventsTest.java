package dev.octosts.app.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.core.JsonFactory;
import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.ExchangeEvent.Actor;
import dev.octosts.api.ExchangeEvent.Claim;
import dev.octosts.api.ExchangeEvent.IssuerAllowlist;
import dev.octosts.api.ExchangeEvent.Operation;
import dev.octosts.api.PolicyEvent;
import dev.octosts.api.PolicyEvent.Action;
import dev.octosts.api.PolicyEvent.Detection;
import dev.octosts.api.PolicyEvent.Method;
import dev.octosts.api.PolicyEvent.PushPosition;
import dev.octosts.api.PolicyEvent.Verdict;
import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.api.RequestedGrant;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CloudEventsTest {

    private final CloudEvents events = new CloudEvents("sts.example.com");

    private static String data(CloudEvent event) {
        return new String(event.document(), StandardCharsets.UTF_8);
    }

    private static ExchangeEvent granted(Operation operation) {
        return new ExchangeEvent(
                operation,
                new Actor("https://issuer.example", "me", List.of(new Claim("who", "you"))),
                Map.of("repositories", List.of("r")),
                7,
                "o/r",
                "ci",
                new RequestedGrant(Map.of("issues", "read"), List.of("r")),
                "agent",
                "request-1",
                "ab",
                null,
                null,
                List.of(),
                TestEvents.TIME,
                Duration.ofMillis(1),
                ExchangeEvent.Evidence.NONE);
    }

    private static ExchangeEvent refused(Problem problem) {
        return new ExchangeEvent(
                Operation.EXCHANGE,
                Actor.UNKNOWN,
                null,
                0,
                "o",
                "ci",
                RequestedGrant.EVERYTHING,
                "",
                "",
                "",
                problem,
                new IssuerAllowlist("enforce", false, "https://issuer.example"),
                List.of(),
                TestEvents.TIME,
                Duration.ofMillis(1),
                ExchangeEvent.Evidence.NONE);
    }

    @Test
    void tells_of_a_grant() {
        CloudEvent event = events.of(granted(Operation.EXCHANGE));

        assertThat(event.type()).isEqualTo("dev.octo-sts.exchange");
        assertThat(event.source()).isEqualTo("https://sts.example.com");
        assertThat(event.subject()).isEqualTo("o/r/ci");
        assertThat(data(event))
                .isEqualTo("{\"actor\":{\"iss\":\"https://issuer.example\",\"sub\":\"me\","
                        + "\"claims\":[{\"name\":\"who\",\"value\":\"you\"}]},"
                        + "\"trust_policy\":{\"repositories\":[\"r\"]},\"installation_id\":7,\"scope\":\"o/r\","
                        + "\"identity\":\"ci\",\"subset\":{\"permissions\":{\"issues\":\"read\"},"
                        + "\"repositories\":[\"r\"]},\"user_agent\":\"agent\",\"token_sha256\":\"ab\","
                        + "\"time\":\"2026-11-26T17:00:00Z\"}");
    }

    @Test
    void tells_of_a_refusal_and_leaves_out_what_there_is_not() {
        var refused = refused(new Problem(ProblemCode.PERMISSION_DENIED, "issuer not permitted"));

        assertThat(data(events.of(refused)))
                .isEqualTo("{\"actor\":{\"iss\":\"\",\"sub\":\"\"},\"trust_policy\":null,\"installation_id\":0,"
                        + "\"scope\":\"o\",\"identity\":\"ci\",\"token_sha256\":\"\","
                        + "\"error\":\"rpc error: code = PermissionDenied desc = issuer not permitted\","
                        + "\"issuer_allowlist\":{\"mode\":\"enforce\",\"allowed\":false,"
                        + "\"iss\":\"https://issuer.example\"},\"time\":\"2026-11-26T17:00:00Z\"}");
    }

    @Test
    void has_the_id_of_the_request_as_an_extension() throws IOException {
        CloudEvent event = events.of(granted(Operation.EXCHANGE));

        assertThat(Message.of(event).headers()).containsEntry("ce-requestid", "request-1");
        var text = new StringWriter();
        try (var json = new JsonFactory().createGenerator(text)) {
            event.writeTo(json);
        }
        assertThat(text.toString()).contains("\"requestid\":\"request-1\"");
    }

    @ParameterizedTest
    @EnumSource(ProblemCode.class)
    void has_an_outcome_for_each_way_to_fail(ProblemCode code) {
        var failures = EnumSet.of(
                ProblemCode.UNAVAILABLE,
                ProblemCode.INTERNAL,
                ProblemCode.DEADLINE_EXCEEDED,
                ProblemCode.RESOURCE_EXHAUSTED);

        assertThat(refused(new Problem(code, "x")).outcome())
                .isEqualTo(failures.contains(code) ? ExchangeEvent.Outcome.FAILED : ExchangeEvent.Outcome.REFUSED);
        assertThat(granted(Operation.EXCHANGE).outcome()).isEqualTo(ExchangeEvent.Outcome.GRANTED);
    }

    @Test
    void keeps_explanations_apart_and_gives_each_event_an_id_of_its_own() {
        CloudEvent one = events.of(granted(Operation.EXPLANATION));

        assertThat(one.type()).isEqualTo("dev.octo-sts.explanation");
        assertThat(one.id())
                .isNotEqualTo(events.of(granted(Operation.EXPLANATION)).id());
    }

    private static PolicyEvent policy(
            Optional<PolicyEvent.PolicyChange> change,
            Detection detection,
            PushPosition position,
            Verdict verdict,
            String error) {
        return new PolicyEvent(
                new PolicyEvent.Push(
                        "O",
                        "R",
                        "refs/heads/main",
                        "c0ffee",
                        "beef",
                        7,
                        new PolicyEvent.Pusher("alice", 42, "Alice"),
                        true),
                change,
                detection,
                position,
                verdict,
                error,
                TestEvents.TIME);
    }

    private static PolicyEvent.PolicyChange change(Action action) {
        return new PolicyEvent.PolicyChange(
                ".github/chainguard/ci.sts.yaml",
                "ci",
                action,
                "O/R",
                "ci",
                null,
                Map.of("permissions", Map.of("contents", "write")));
    }

    @Test
    void tells_of_a_policy_that_changed_as_octo_sts_does() throws IOException {
        CloudEvent event = events.of(policy(
                Optional.of(change(Action.UPDATED)),
                Detection.by(Method.COMPARE),
                new PushPosition(1, 3),
                Verdict.VALID,
                ""));

        assertThat(event.type()).isEqualTo("dev.octo-sts.policy");
        assertThat(event.source()).isEqualTo("https://github.com/O/R");
        assertThat(event.subject()).isEqualTo("O/R/ci");
        assertThat(event.time()).isEqualTo(TestEvents.TIME);
        assertThat(event.extensions())
                .containsOnly(entry("githubinstallationid", "7"), entry("githubcommit", "c0ffee"));
        assertThat(Message.of(event).headers())
                .containsEntry("ce-githubinstallationid", "7")
                .containsEntry("ce-githubcommit", "c0ffee");
        assertThat(data(event))
                .isEqualTo("{\"org\":\"O\",\"repo\":\"R\",\"ref\":\"refs/heads/main\",\"commit\":\"c0ffee\","
                        + "\"before\":\"beef\",\"installation_id\":7,\"actor\":\"alice\",\"actor_id\":42,"
                        + "\"pusher\":\"Alice\",\"forced\":true,"
                        + "\"change\":{\"path\":\".github/chainguard/ci.sts.yaml\",\"policy\":\"ci\","
                        + "\"action\":\"updated\"},\"detection\":\"compare\",\"change_index\":1,\"change_count\":3,"
                        + "\"valid\":true,\"scope\":\"O/R\",\"identity\":\"ci\",\"old\":null,"
                        + "\"new\":{\"permissions\":{\"contents\":\"write\"}},\"time\":\"2026-11-26T17:00:00Z\"}");
    }

    @ParameterizedTest
    @CsvSource({"CREATED, created", "UPDATED, updated", "DELETED, deleted", "PRESENT, present"})
    void names_each_action_as_octo_sts_does(Action action, String name) {
        assertThat(data(events.of(policy(
                        Optional.of(change(action)),
                        Detection.by(Method.COMMITS),
                        new PushPosition(0, 1),
                        Verdict.UNKNOWN,
                        ""))))
                .contains("\"action\":\"" + name + "\"}", "\"valid\":null,")
                .doesNotContain("error");
    }

    @ParameterizedTest
    @CsvSource({"COMMITS, commits", "COMPARE, compare", "SNAPSHOT, snapshot", "DEGRADED, degraded"})
    void names_each_way_of_detection_as_octo_sts_does(Method method, String name) {
        assertThat(data(events.of(policy(
                        Optional.of(change(Action.CREATED)),
                        new Detection(method, "why"),
                        new PushPosition(0, 1),
                        new Verdict(false, "a fault"),
                        "GitHub limits"))))
                .contains("\"detection\":\"" + name + "\",\"detection_error\":\"why\",")
                .contains("\"valid\":false,\"error\":\"a fault\",\"push_error\":\"GitHub limits\",");
    }

    @Test
    void says_of_a_push_whose_changes_are_not_known_that_some_may_be_missing() {
        CloudEvent event = events.of(
                policy(Optional.empty(), Detection.degraded("lost"), new PushPosition(0, 2), Verdict.UNKNOWN, ""));

        assertThat(event.subject()).isEqualTo("O/R");
        assertThat(data(event))
                .endsWith("\"forced\":true,\"detection\":\"degraded\",\"detection_error\":\"lost\","
                        + "\"change_index\":0,\"change_count\":2,\"valid\":null,"
                        + "\"time\":\"2026-11-26T17:00:00Z\"}");
    }

    @Test
    void has_a_source_also_when_a_webhook_alone_has_no_domain() {
        assertThat(new CloudEvents("").of(granted(Operation.EXCHANGE)).source()).isEqualTo("/octo-sts/webhook");
    }
}
