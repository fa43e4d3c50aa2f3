package dev.octosts.probers.probe;

import static dev.octosts.probers.probe.ProbeWorld.PATIENT;
import static dev.octosts.probers.probe.ProbeWorld.alarms;
import static dev.octosts.probers.probe.ProbeWorld.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.probers.IdentityTokenSource.Result;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.http.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Rounds that cannot try everything, that wait for a token's end, or that are interrupted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProberTest {

    private final ProbeWorld world = new ProbeWorld();

    @AfterAll
    void close() {
        world.close();
    }

    @BeforeEach
    void mend() {
        world.mend();
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
                    ProbeTarget.OtherTargets.NONE,
                    PATIENT);
            var report = new Prober(target, world.network(), world.sandbox().clock()).probe(Round.NEGATIVE);
            assertThat(report.results().stream()
                            .filter(result -> result.outcome() instanceof CheckOutcome.Skipped)
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
                    ProbeTarget.OtherTargets.NONE,
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
                assertThat(world.probe(sts, Round.STRANGER, PATIENT).isPassed())
                        .as("%s", defect)
                        .isTrue();
            }
        }
        try (var sts = new TestSts(world.sandbox(), world.demo(), Optional.empty())) {
            assertThat(alarms(world.probe(sts, Round.STRANGER, PATIENT))).containsExactly("stranger breached");
            assertThat(world.liveTokens()).isEmpty();
        }
    }

    @Test
    void gives_its_tokens_back_when_it_is_interrupted() throws Exception {
        try (var sts = new TestSts(world.sandbox(), world.demo(), Optional.empty())) {
            var caught = new ArrayList<Boolean>();
            var prober = Thread.ofPlatform().unstarted(() -> {
                try {
                    world.probe(sts, Round.POSITIVE, PATIENT);
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
