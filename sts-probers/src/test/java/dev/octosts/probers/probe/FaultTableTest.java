package dev.octosts.probers.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.probers.IdentityTokenSource.Result;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.Fault;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.Reply;
import jakarta.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be wrong with a token service or with GitHub, and by which check the prober names it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultTableTest {

    private static final Duration PATIENT = Duration.ofSeconds(30);
    private static final Duration IMPATIENT = Duration.ofMillis(500);

    private final ProbeWorld world = new ProbeWorld();

    @AfterAll
    void close() {
        world.close();
    }

    @BeforeEach
    void mend() {
        world.sandbox().github().clearFaults();
        world.sandbox().github().tokenLifetime(Duration.ofHours(1));
        world.sandbox().github().calls().clear();
    }

    private ProbeReport probe(TestSts sts, Round round, Duration slow) throws InterruptedException {
        return new Prober(
                        world.target(sts.address(), slow),
                        world.network(),
                        world.sandbox().clock())
                .probe(round);
    }

    /** Alarms as {@code check outcome}. */
    private static List<String> alarms(ProbeReport report) {
        return report.alarms().stream()
                .map(result -> result.check() + " " + result.outcome().kind())
                .toList();
    }

    private static String text(ProbeReport report) {
        return report.results().stream().map(ProbeReport.CheckResult::toString).collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Round.class,
            names = {"POSITIVE", "NEGATIVE"})
    void passes_every_check_of_a_sound_service(Round round) throws Exception {
        try (var sts = new TestSts(world.sandbox(), world.demo(), Optional.empty())) {
            var report = probe(sts, round, PATIENT);

            assertThat(report.results())
                    .as(text(report))
                    .hasSize(round.checks().size())
                    .allSatisfy(result -> assertThat(result.outcome()).isInstanceOf(Outcome.Passed.class));
            assertThat(report.isPassed()).isTrue();
            assertThat(callsOf(sts)).isEqualTo(report.calls()).isLessThanOrEqualTo(Prober.MOST_CALLS);
            assertThat(world.liveTokens()).isEmpty();
        }
    }

    /** The service's own mints are no calls of the prober. */
    private int callsOf(TestSts sts) {
        return sts.requests()
                + world.sandbox()
                        .github()
                        .calls()
                        .count(Calls.kind(CallKind.MINT).negate());
    }

    static Stream<Arguments> defects() {
        return Stream.of(
                row(Round.NEGATIVE, Defect.IGNORES_AUDIENCE, "wrong-audience breached"),
                row(Round.NEGATIVE, Defect.ACCEPTS_EXPIRED, "expired-token breached"),
                row(Round.NEGATIVE, Defect.ACCEPTS_ANY_SIGNATURE, "tampered-signature breached"),
                row(Round.NEGATIVE, Defect.ACCEPTS_UNSIGNED, "alg-none breached"),
                row(Round.NEGATIVE, Defect.ACCEPTS_NOBODY, "no-token breached"),
                row(Round.NEGATIVE, Defect.IGNORES_SUBJECT, "other-identity breached"),
                row(
                        Round.NEGATIVE,
                        Defect.GRANTS_EVERYTHING,
                        "no-token breached",
                        "tampered-signature breached",
                        "alg-none breached",
                        "expired-token breached",
                        "wrong-audience breached",
                        "other-identity breached"),
                row(
                        Round.NEGATIVE,
                        Defect.REFUSES_FORGERIES_AS_DENIED,
                        "tampered-signature failed",
                        "alg-none failed",
                        "expired-token failed"),
                row(Round.POSITIVE, Defect.SERVES_UNKNOWN_IDENTITIES, "unknown-identity breached"),
                row(Round.POSITIVE, Defect.FAILS_ON_UNKNOWN_IDENTITIES, "unknown-identity failed"),
                row(Round.POSITIVE, Defect.GRANTS_TOO_MUCH, "issue-refused breached"),
                row(Round.POSITIVE, Defect.GRANTS_WITHOUT_CONTENTS, "contents-read failed"),
                row(Round.POSITIVE, Defect.GRANTS_WITHOUT_ISSUES, "issues-read failed"),
                row(Round.POSITIVE, Defect.GRANTS_EVERY_REPOSITORY, "other-repository breached"),
                row(
                        Round.POSITIVE,
                        Defect.GRANTS_ANOTHER_REPOSITORY,
                        "contents-read failed",
                        "issues-read failed",
                        "other-repository breached"),
                row(
                        Round.POSITIVE,
                        Defect.GIVES_A_DEAD_TOKEN,
                        "contents-read failed",
                        "issues-read failed",
                        "issue-refused failed",
                        "other-repository failed",
                        "revocation failed"),
                row(Round.POSITIVE, Defect.GIVES_NO_TOKEN, "exchange failed"),
                row(Round.POSITIVE, Defect.PROMISES_A_DAY, "expiry failed"),
                row(Round.POSITIVE, Defect.PROMISES_THE_PAST, "expiry failed"),
                row(Round.POSITIVE, Defect.REFUSES_EVERYBODY, "exchange failed", "unknown-identity failed"),
                row(Round.POSITIVE, Defect.LEAKS_THE_BEARER_IN_ERRORS, "exchange failed", "unknown-identity failed"),
                row(Round.POSITIVE, Defect.IS_DOWN, "exchange failed", "unknown-identity failed"),
                row(Round.POSITIVE, Defect.IS_ANOTHER_SERVICE, "exchange failed", "unknown-identity failed"),
                row(Round.POSITIVE, Defect.IS_BEHIND_A_REDIRECT, "exchange failed", "unknown-identity failed"),
                row(Round.POSITIVE, Defect.HANGS_UP, "exchange failed", "unknown-identity failed"),
                row(
                        Round.NEGATIVE,
                        Defect.HANGS_UP,
                        "no-token failed",
                        "tampered-signature failed",
                        "alg-none failed",
                        "expired-token failed",
                        "wrong-audience failed",
                        "other-identity failed"),
                row(Round.POSITIVE, Defect.FLAPS, "unknown-identity failed"),
                row(
                        Round.NEGATIVE,
                        Defect.FLAPS,
                        "tampered-signature failed",
                        "expired-token failed",
                        "other-identity failed"));
    }

    private static Arguments row(Round round, Defect defect, String... alarms) {
        return Arguments.of(round, defect, List.of(alarms));
    }

    @ParameterizedTest(name = "{1} shows as {2} in the {0} round")
    @MethodSource("defects")
    void names_what_is_wrong_with_the_service(Round round, Defect defect, List<String> alarms) throws Exception {
        try (var sts = new TestSts(world.sandbox(), world.demo(), Optional.of(defect))) {
            var report = probe(sts, round, PATIENT);

            assertThat(alarms(report)).as(text(report)).containsExactlyElementsOf(alarms);
            assertThat(report.isPassed()).isFalse();
            assertThat(callsOf(sts)).isLessThanOrEqualTo(report.calls());
            assertThat(report.calls()).isLessThanOrEqualTo(Prober.MOST_CALLS);
            assertThat(world.liveTokens()).isEmpty();
            assertThat(text(report)).doesNotContainPattern("ghs_[A-Za-z0-9]|eyJ[A-Za-z0-9]");
        }
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
            var report = probe(sts, Round.POSITIVE, PATIENT);

            assertThat(alarms(report)).as(text(report)).containsExactlyElementsOf(alarms);
            assertThat(callsOf(sts)).isLessThanOrEqualTo(report.calls());
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

            assertThat(alarms(probe(sts, Round.POSITIVE, PATIENT))).containsExactly("revocation failed");
            assertThat(world.liveTokens()).isEmpty();
        }
    }

    @Test
    void names_a_slow_service_and_a_slow_github() throws Exception {
        try (var sts = new TestSts(world.sandbox(), world.demo(), Optional.of(Defect.IS_SLOW))) {
            var slowService = probe(sts, Round.NEGATIVE, IMPATIENT);
            assertThat(alarms(slowService)).as(text(slowService)).containsExactly("speed failed");
        }
        try (var sts = new TestSts(world.sandbox(), world.demo(), Optional.empty())) {
            world.sandbox().github().fault(issues("GET"), Faults.delay(TestSts.DELAY));
            var slowGitHub = probe(sts, Round.POSITIVE, IMPATIENT);
            assertThat(alarms(slowGitHub)).as(text(slowGitHub)).containsExactly("speed failed");
        }
    }

    @Test
    void names_a_token_that_lives_too_long() throws Exception {
        try (var sts = new TestSts(world.sandbox(), world.demo(), Optional.empty())) {
            world.sandbox().github().tokenLifetime(Duration.ofHours(8));
            assertThat(alarms(probe(sts, Round.POSITIVE, PATIENT))).containsExactly("expiry failed");
        }
    }

    @Test
    void names_a_platform_without_tokens_and_asks_nothing_else() throws Exception {
        try (var sts = new TestSts(world.sandbox(), world.demo(), Optional.empty())) {
            var target = world.target(sts.address(), PATIENT, _ -> _ -> new Result.Missing("nobody signs here"));
            var report = new Prober(target, world.network(), world.sandbox().clock()).probe(Round.POSITIVE);
            assertThat(alarms(report)).containsExactly("identity-token failed");
            assertThat(sts.requests()).isZero();
        }
    }

    @Test
    void skips_what_it_cannot_know_instead_of_passing_it() throws Exception {
        try (var sts = new TestSts(world.sandbox(), world.demo(), Optional.of(Defect.IGNORES_AUDIENCE))) {
            var always = world.platform().obtain(TestSts.DOMAIN);
            var plain = world.target(sts.address(), PATIENT, _ -> _ -> always);
            var target = new ProbeTarget(
                    plain.service(),
                    plain.gitHub(),
                    plain.audience(),
                    plain.scope(),
                    plain.identity(),
                    plain.tokens(),
                    ProbeTarget.Others.NONE,
                    PATIENT);
            var report = new Prober(target, world.network(), world.sandbox().clock()).probe(Round.NEGATIVE);
            assertThat(report.results().stream()
                            .filter(result -> result.outcome() instanceof Outcome.Skipped)
                            .map(ProbeReport.CheckResult::check))
                    .as(text(report))
                    .containsExactly(ProbeCheck.EXPIRED_TOKEN, ProbeCheck.WRONG_AUDIENCE, ProbeCheck.OTHER_IDENTITY);
            assertThat(report.isPassed()).isTrue();
        }
    }

    @Test
    void keeps_a_token_until_it_has_expired_to_try_it_then() throws Exception {
        try (var sts = new TestSts(world.sandbox(), world.demo(), Optional.of(Defect.ACCEPTS_EXPIRED))) {
            var plain = world.target(sts.address(), PATIENT);
            var target = new ProbeTarget(
                    plain.service(),
                    plain.gitHub(),
                    plain.audience(),
                    plain.scope(),
                    plain.identity(),
                    plain.tokens(),
                    ProbeTarget.Others.NONE,
                    PATIENT);
            var prober = new Prober(target, world.network(), world.sandbox().clock());
            assertThat(alarms(prober.probe(Round.NEGATIVE))).isEmpty();
            world.sandbox().clock().advance(Duration.ofMinutes(15));
            assertThat(alarms(prober.probe(Round.NEGATIVE))).containsExactly("expired-token breached");
        }
    }

    @Test
    void is_content_with_any_refusal_of_a_stranger() throws Exception {
        for (var defect : List.of(Defect.REFUSES_EVERYBODY, Defect.IS_DOWN, Defect.HANGS_UP)) {
            try (var sts = new TestSts(world.sandbox(), world.demo(), Optional.of(defect))) {
                assertThat(probe(sts, Round.STRANGER, PATIENT).isPassed())
                        .as("%s", defect)
                        .isTrue();
            }
        }
        try (var sts = new TestSts(world.sandbox(), world.demo(), Optional.empty())) {
            assertThat(alarms(probe(sts, Round.STRANGER, PATIENT))).containsExactly("stranger breached");
            assertThat(world.liveTokens()).isEmpty();
        }
    }

    @Test
    void gives_its_tokens_back_when_it_is_interrupted() throws Exception {
        try (var sts = new TestSts(world.sandbox(), world.demo(), Optional.empty())) {
            var caught = new ArrayList<Boolean>();
            var prober = Thread.ofPlatform().unstarted(() -> {
                try {
                    probe(sts, Round.POSITIVE, PATIENT);
                } catch (InterruptedException _) {
                    caught.add(true);
                }
            });
            world.sandbox()
                    .github()
                    .fault(
                            Calls.kind(CallKind.CONTENT).and(call -> call.path().contains(DemoWorld.REPOSITORY)),
                            (_, _) -> {
                                prober.interrupt();
                                return new Answer.Hang();
                            });
            prober.start();
            prober.join();
            assertThat(caught).containsExactly(true);
            assertThat(world.liveTokens()).isEmpty();
        }
    }
}
