package dev.octosts.app.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.ExchangeEvent.Actor;
import dev.octosts.api.ExchangeEvent.Claim;
import dev.octosts.api.ExchangeEvent.IssuerAllowlist;
import dev.octosts.api.ExchangeEvent.Operation;
import dev.octosts.api.PolicyEvent;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
                Duration.ofMillis(1));
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
                Duration.ofMillis(1));
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

    @Test
    void tells_of_a_policy_that_changed() {
        var changed = new PolicyEvent(
                PolicyEvent.Change.CHANGED,
                "o/r",
                "ci",
                ".github/chainguard/ci.sts.yaml",
                "c0ffee",
                "alice",
                null,
                Map.of("permissions", Map.of("contents", "write")),
                TestEvents.TIME);

        CloudEvent event = events.of(changed);

        assertThat(event.type()).isEqualTo("dev.octo-sts.policy");
        assertThat(event.subject()).isEqualTo("o/r/ci");
        assertThat(data(event))
                .isEqualTo("{\"change\":\"changed\",\"scope\":\"o/r\",\"identity\":\"ci\","
                        + "\"path\":\".github/chainguard/ci.sts.yaml\",\"commit\":\"c0ffee\",\"actor\":\"alice\","
                        + "\"old\":null,\"new\":{\"permissions\":{\"contents\":\"write\"}},"
                        + "\"time\":\"2026-11-26T17:00:00Z\"}");
    }

    @Test
    void says_of_a_policy_whose_history_is_lost_that_not_everything_is_known() {
        var present = new PolicyEvent(
                PolicyEvent.Change.PRESENT,
                "o/r",
                "ci",
                ".github/chainguard/ci.sts.yaml",
                "c0ffee",
                "alice",
                null,
                Map.of("permissions", Map.of("contents", "write")),
                TestEvents.TIME);

        assertThat(data(events.of(present)))
                .startsWith("{\"change\":\"present\",\"degraded\":true,\"scope\":\"o/r\",")
                .contains("\"old\":null");
    }

    @Test
    void has_a_source_also_when_a_webhook_alone_has_no_domain() {
        assertThat(new CloudEvents("").of(granted(Operation.EXCHANGE)).source()).isEqualTo("/octo-sts/webhook");
    }
}
