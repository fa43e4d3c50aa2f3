package dev.octosts.sandbox.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.trial.AttackResult.Counted;
import dev.octosts.sandbox.trial.AttackResult.ProcessState;
import dev.octosts.sandbox.trial.AttackResult.Removed;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AttackResultTest {

    private static final Attack ATTACK = new Attack("some-attack", "does something", _ -> Attack.Prepared.of(_ -> {}));
    private static final long MEGABYTE = 1 << 20;

    /** What may differ from a result in which every promise is kept. */
    static final class Result {
        private final Sample during = sample();
        private final Sample after = sample();
        private ProcessState process = new ProcessState(true, OptionalLong.of(250 * MEGABYTE), OptionalLong.of(30));
        private Removed removed = new Removed("200", false);
        private Optional<Counted> counted = Optional.of(new Counted("calls to GitHub", 300, 300));

        AttackResult build() {
            var before = new ProcessState(true, OptionalLong.of(200 * MEGABYTE), OptionalLong.of(20));
            return new AttackResult(
                    ATTACK, Duration.ofSeconds(20), sample(), during, after, before, process, removed, counted, 1_000);
        }
    }

    private static Sample sample() {
        var sample = new Sample();
        for (int i = 0; i < 400; i++) {
            granted(sample, 2);
        }
        sample.begun();
        sample.alive(Duration.ofMillis(3).toNanos());
        sample.memory(OptionalLong.of(384 * MEGABYTE));
        return sample;
    }

    private static void granted(Sample sample, long millis) {
        sample.begun();
        sample.granted(Duration.ofMillis(millis).toNanos());
    }

    private static void times(int count, Runnable task) {
        for (int i = 0; i < count; i++) {
            task.run();
        }
    }

    @Test
    void keeps_every_promise_up_to_the_limits() {
        var result = new Result();
        times(3, () -> granted(result.during, 5_000));
        assertThat(result.build().broken()).isEmpty();
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                broken("1 of 401 exchanges failed", result -> {
                    result.during.begun();
                    result.during.failed("503 busy");
                }),
                broken("p99 of the exchanges was 1", result -> times(5, () -> granted(result.during, 1_000))),
                broken("/health/live took 1", result -> {
                    result.during.begun();
                    result.during.alive(Duration.ofMillis(1_001).toNanos());
                }),
                broken("/health/live failed 1 times", result -> {
                    result.during.begun();
                    result.during.notAlive("reset");
                }),
                broken("took 385 MB", result -> result.during.memory(OptionalLong.of(385 * MEGABYTE))),
                broken(
                        "a removed policy still granted (its delivery: 503)",
                        result -> result.removed = new Removed("503", true)),
                broken(
                        "301 calls to GitHub, and 300 are allowed",
                        result -> result.counted = Optional.of(new Counted("calls to GitHub", 301, 300))),
                broken(
                        "the service ended",
                        result -> result.process = new ProcessState(false, OptionalLong.empty(), OptionalLong.empty())),
                broken("ten seconds later exchanges", result -> {
                    result.after.begun();
                    result.after.failed("503 busy");
                }),
                broken("ten seconds later the p50 was", result -> times(500, () -> granted(result.after, 40))),
                broken(
                        "ten seconds later 65 more sockets",
                        result -> result.process =
                                new ProcessState(true, OptionalLong.of(250 * MEGABYTE), OptionalLong.of(85))),
                broken(
                        "ten seconds later the service still had 400 MB",
                        result -> result.process =
                                new ProcessState(true, OptionalLong.of(400 * MEGABYTE), OptionalLong.of(20))));
    }

    private static Arguments broken(String promise, Consumer<Result> how) {
        return Arguments.of(promise, how);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void names_the_promise_that_is_broken(String promise, Consumer<Result> how) {
        var result = new Result();
        how.accept(result);
        assertThat(result.build().broken()).singleElement().asString().contains(promise);
    }

    @Test
    void is_one_line_of_a_table_in_both_forms() {
        var broken = new Result();
        broken.removed = new Removed("503", true);
        var report = new TrialReport(List.of(new Result().build(), broken.build()));
        assertThat(printed(report, true))
                .contains(
                        "| attack | failed |",
                        "|---|---|",
                        "| some-attack | 0/400 | 2 | 2 | 3 |",
                        "300/300",
                        "| kept |")
                .contains("- some-attack: a removed policy still granted");
        assertThat(printed(report, false))
                .contains("some-attack   0/400", "BROKEN", "1 of 2 attacks left every promise kept")
                .doesNotContain("|");
    }

    private static String printed(TrialReport report, boolean markdown) {
        var bytes = new ByteArrayOutputStream();
        report.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), markdown);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
