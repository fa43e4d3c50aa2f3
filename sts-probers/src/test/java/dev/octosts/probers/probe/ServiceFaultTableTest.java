package dev.octosts.probers.probe;

import static dev.octosts.probers.probe.ProbeWorld.PATIENT;
import static dev.octosts.probers.probe.ProbeWorld.alarms;
import static dev.octosts.probers.probe.ProbeWorld.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be wrong with a token service, and by which check the prober names it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceFaultTableTest {

    private final ProbeWorld world = new ProbeWorld();

    @AfterAll
    void close() {
        world.close();
    }

    @BeforeEach
    void mend() {
        world.mend();
    }

    @ParameterizedTest
    @EnumSource(
            value = Round.class,
            names = {"POSITIVE", "NEGATIVE"})
    void passes_every_check_of_a_sound_service(Round round) throws Exception {
        try (var sts = new TestSts(world.sandbox(), world.demo(), Optional.empty())) {
            var report = world.probe(sts, round, PATIENT);

            assertThat(report.results())
                    .as(text(report))
                    .hasSize(round.checks().size())
                    .allSatisfy(result -> assertThat(result.outcome()).isInstanceOf(CheckOutcome.Passed.class));
            assertThat(report.isPassed()).isTrue();
            assertThat(world.callsOf(sts)).isEqualTo(report.calls()).isLessThanOrEqualTo(Prober.MOST_CALLS);
            assertThat(world.liveTokens()).isEmpty();
        }
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
            var report = world.probe(sts, round, PATIENT);

            assertThat(alarms(report)).as(text(report)).containsExactlyElementsOf(alarms);
            assertThat(report.isPassed()).isFalse();
            assertThat(world.callsOf(sts)).isLessThanOrEqualTo(report.calls());
            assertThat(report.calls()).isLessThanOrEqualTo(Prober.MOST_CALLS);
            assertThat(world.liveTokens()).isEmpty();
            assertThat(text(report)).doesNotContainPattern("ghs_[A-Za-z0-9]|eyJ[A-Za-z0-9]");
        }
    }
}
