package dev.octosts.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.bench.Scale.Pass;
import dev.octosts.sandbox.bench.Scale.Point;
import dev.octosts.sandbox.bench.Scale.Work;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ScaleResultsTest {

    private final ScaleResults results =
            new ScaleResults(Map.of(Work.policies, List.of(point(1, 0, 0), point(1_000, 1.25, 3))));

    private static Point point(int amount, double reads, long errors) {
        var latency = new Histogram(3);
        latency.recordValueWithCount(2_000_000, amount);
        return new Point(
                amount,
                Duration.ofMillis(150),
                new Pass(errors, 800, latency, 1_500, reads),
                new Pass(0, 2_500, latency, 400, 0),
                200L * 1024 * 1024);
    }

    @Test
    void each_amount_is_a_row() {
        var out = new ByteArrayOutputStream();
        results.print(new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .contains(
                        "| 1 | 150 | 0.00 |  | 0.00 | 400 | 2500 | 2.00 | 2.00 | 200 |",
                        "| 1000 | 150 | 1.25 | 1500 | 0.00 | 400 | 2500 | 2.00 | 2.00 | 200 |");
        assertThat(results.json()).contains("\"policies\": \"1000\"", "\"newcomer: reads\": \"1.25\"");
    }

    @Test
    void exchanges_that_failed_are_counted() {
        assertThat(results.errors()).isEqualTo(3);
    }
}
