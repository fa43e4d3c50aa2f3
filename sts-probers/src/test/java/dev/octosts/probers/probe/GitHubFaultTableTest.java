package dev.octosts.probers.probe;

import static dev.octosts.probers.probe.ProbeWorld.PATIENT;
import static dev.octosts.probers.probe.ProbeWorld.alarms;
import static dev.octosts.probers.probe.ProbeWorld.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.Fault;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.http.Reply;
import jakarta.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be wrong with GitHub, and by which check the prober names it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GitHubFaultTableTest {

    private static final Duration IMPATIENT = Duration.ofMillis(500);

    private final ProbeWorld world = new ProbeWorld();

    @AfterAll
    void close() {
        world.close();
    }

    @BeforeEach
    void mend() {
        world.mend();
    }

    static Stream<Arguments> gitHubFaults() {
        return Stream.of(
                row("does not revoke", revoke(), Faults.reply(Reply.empty(204)), "dead breached"),
                row("fails to revoke", revoke(), Faults.status(500), "revocation failed"),
                row("has lost the policy", Calls.kind(CallKind.CONTENT), Faults.status(404), "contents-read failed"),
                row(
                        "has a folder in the policy's place",
                        Calls.kind(CallKind.CONTENT),
                        Faults.reply(Reply.json(200, "[]")),
                        "contents-read failed"),
                row("cannot read", Calls.kind(CallKind.CONTENT), Faults.badGateway(), "contents-read failed"),
                row("hangs up on issues", issues("GET"), Faults.reset(), "issues-read failed"),
                row(
                        "lets everybody create issues",
                        issues("POST"),
                        Faults.reply(Reply.json(201, "{\"number\":7}")),
                        "issue-refused breached"),
                row("limits", issues("POST"), Faults.tooManyRequests(), "issue-refused failed"),
                row(
                        "shows other repositories",
                        Calls.kind(CallKind.LIST_REPOSITORIES)
                                .and(call -> call.token().isPresent()),
                        Faults.editing(json -> Json.createObjectBuilder(json)
                                .add("total_count", 5)
                                .build()),
                        "other-repository breached"),
                row(
                        "hangs up on everything",
                        Calls.kind(CallKind.MINT).negate(),
                        Faults.reset(),
                        "contents-read failed",
                        "issues-read failed",
                        "issue-refused failed",
                        "other-repository failed",
                        "revocation failed"),
                row(
                        "is out",
                        Calls.kind(CallKind.MINT).negate().and(revoke().negate()),
                        Faults.badGateway(),
                        "contents-read failed",
                        "issues-read failed",
                        "issue-refused failed",
                        "other-repository failed",
                        "dead failed"));
    }

    private static Predicate<Call> revoke() {
        return Calls.kind(CallKind.REVOKE);
    }

    private static Predicate<Call> issues(String method) {
        return Calls.kind(CallKind.ISSUES).and(Calls.method(method));
    }

    private static Arguments row(String name, Predicate<Call> when, Fault fault, String... alarms) {
        return Arguments.of(name, when, fault, List.of(alarms));
    }

    @ParameterizedTest(name = "GitHub {0}: {3}")
    @MethodSource("gitHubFaults")
    void names_what_is_wrong_with_github(String name, Predicate<Call> when, Fault fault, List<String> alarms)
            throws Exception {
        try (var sts = new TestSts(world.sandbox(), world.demo(), Optional.empty())) {
            world.sandbox().github().fault(when, fault);
            var report = world.probe(sts, Round.POSITIVE, PATIENT);

            assertThat(alarms(report)).as(text(report)).containsExactlyElementsOf(alarms);
            assertThat(world.callsOf(sts)).isLessThanOrEqualTo(report.calls());
            assertThat(report.calls()).isLessThanOrEqualTo(Prober.MOST_CALLS);
            world.sandbox().github().clearFaults();
            if (alarms.contains("revocation failed") || alarms.contains("dead breached")) {
                // GitHub itself keeps it: an hour is the bound.
                assertThat(world.liveTokens()).hasSize(1);
                world.sandbox().clock().advance(Duration.ofHours(1));
            }
            assertThat(world.liveTokens()).isEmpty();
        }
    }

    @Test
    void tries_again_to_give_back_what_could_not_be_given_back_at_once() throws Exception {
        try (var sts = new TestSts(world.sandbox(), world.demo(), Optional.empty())) {
            world.sandbox().github().fault(revoke(), Faults.reset(), 1);

            assertThat(alarms(world.probe(sts, Round.POSITIVE, PATIENT))).containsExactly("revocation failed");
            assertThat(world.liveTokens()).isEmpty();
        }
    }

    @Test
    void names_a_slow_service_and_a_slow_github() throws Exception {
        try (var sts = new TestSts(world.sandbox(), world.demo(), Optional.of(Defect.IS_SLOW))) {
            var slowService = world.probe(sts, Round.NEGATIVE, IMPATIENT);
            assertThat(alarms(slowService)).as(text(slowService)).containsExactly("speed failed");
        }
        try (var sts = new TestSts(world.sandbox(), world.demo(), Optional.empty())) {
            world.sandbox().github().fault(issues("GET"), Faults.delay(TestSts.DELAY));
            var slowGitHub = world.probe(sts, Round.POSITIVE, IMPATIENT);
            assertThat(alarms(slowGitHub)).as(text(slowGitHub)).containsExactly("speed failed");
        }
    }

    @Test
    void names_a_token_that_lives_too_long() throws Exception {
        try (var sts = new TestSts(world.sandbox(), world.demo(), Optional.empty())) {
            world.sandbox().github().tokenLifetime(Duration.ofHours(8));
            assertThat(alarms(world.probe(sts, Round.POSITIVE, PATIENT))).containsExactly("expiry failed");
        }
    }
}
