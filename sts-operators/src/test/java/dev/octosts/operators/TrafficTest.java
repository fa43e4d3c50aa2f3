package dev.octosts.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.api.RequestedGrant;
import dev.octosts.operators.spi.Reach;
import dev.octosts.sandbox.SandboxClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrafficTest {

    private final SandboxClock clock = new SandboxClock();
    private final Traffic traffic = new Traffic(clock, Set.of("a", "known-7"));

    private void count(String scope, boolean known, long millis, @Nullable Problem problem) {
        traffic.count(new ExchangeEvent(
                ExchangeEvent.Operation.EXCHANGE,
                ExchangeEvent.Actor.UNKNOWN,
                known ? Map.of("issuer", "x") : null,
                0,
                scope,
                "ci",
                RequestedGrant.EVERYTHING,
                "",
                "",
                "",
                problem,
                null,
                List.of(),
                clock.instant(),
                Duration.ofMillis(millis),
                ExchangeEvent.Evidence.NONE));
    }

    @Test
    void counts_by_minute_and_forgets_after_an_hour() {
        count("a/r", true, 3, null);
        count("a/r", true, 30, new Problem(ProblemCode.PERMISSION_DENIED, "no").because("subject"));
        count("a/r", true, 3, new Problem(ProblemCode.UNAVAILABLE, "unable to find \"x\""));

        var hour = traffic.hour(Reach.EVERYTHING);
        assertThat(hour.minutes()).hasSize(60);
        var last = hour.minutes().getLast();
        assertThat(List.of(last.granted(), last.refused(), last.failed())).containsExactly(1L, 1L, 1L);
        assertThat(last.medianMillis()).isEqualTo(5);
        assertThat(last.slowMillis()).isEqualTo(50);
        assertThat(hour.rules()).containsEntry("subject", 1L).containsEntry("unable to find …", 1L);

        clock.advance(Duration.ofMinutes(60));
        assertThat(traffic.hour(Reach.EVERYTHING).minutes())
                .allSatisfy(minute -> assertThat(minute.granted()).isZero());
    }

    @Test
    void counts_of_an_account_what_its_records_show_with_or_without_a_policy() {
        count("a/r", true, 3, new Problem(ProblemCode.PERMISSION_DENIED, "no").because("subject"));
        count("A/r", false, 3, new Problem(ProblemCode.NOT_FOUND, "unable to find trust policy for \"x\""));
        count("a", false, 3, new Problem(ProblemCode.PERMISSION_DENIED, "stopped"));
        count("b/r", false, 3, new Problem(ProblemCode.PERMISSION_DENIED, "stopped"));

        var hour = traffic.hour(Reach.of(Set.of("a")));
        assertThat(hour.minutes().getLast().refused()).isEqualTo(3);
        assertThat(hour.rules())
                .containsOnly(
                        Map.entry("subject", 1L),
                        Map.entry("unable to find trust policy for …", 1L),
                        Map.entry("stopped", 1L));
    }

    @Test
    void tells_the_latency_of_the_hour_and_not_of_its_last_minute() {
        for (int number = 0; number < 3; number++) {
            count("a/r", true, 300, null);
            clock.advance(Duration.ofMinutes(1));
        }
        count("a/r", true, 3, null);

        var hour = traffic.hour(Reach.EVERYTHING);
        assertThat(hour.minutes().getLast().medianMillis()).isEqualTo(5);
        assertThat(hour.medianMillis()).isEqualTo(500);
        assertThat(hour.slowMillis()).isEqualTo(500);
    }

    @Test
    void is_bounded_whatever_callers_ask_for() {
        for (int number = 0; number < 2_000; number++) {
            count("unknown-" + number, false, 1, new Problem(ProblemCode.NOT_FOUND, "m" + number));
            count("known-" + number, true, 1, null);
        }
        assertThat(traffic.hour(Reach.of(Set.of("unknown-5"))).minutes())
                .allSatisfy(minute -> assertThat(minute.refused()).isZero());
        assertThat(traffic.hour(Reach.EVERYTHING).rules())
                .hasSizeLessThanOrEqualTo(41)
                .containsKey("others");
        assertThat(traffic.hour(Reach.EVERYTHING).minutes().stream()
                        .mapToLong(Traffic.Minute::granted)
                        .sum())
                .isEqualTo(2_000);
    }
}
