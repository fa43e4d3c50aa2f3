package dev.octosts.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.github.CallKind;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static Results results(long errors) {
        var latency = new Histogram(Duration.ofMinutes(1).toNanos(), 3);
        latency.recordValueWithCount(2_000_000, 990);
        latency.recordValueWithCount(30_000_000, 10);
        var first = errors == 0 ? Optional.<String>empty() : Optional.of("503 {}");
        var load = new Load.Outcome(16, errors, first, Duration.ofSeconds(2), latency);
        var warm = new Results.Warm(
                load, Duration.ofMillis(400), OptionalDouble.of(0.25), Map.of(CallKind.MINT, 1_000L), 0);
        var cold = new ColdStart(
                "first", List.of(CallKind.MINT, CallKind.CONTENT), 2, Duration.ofMillis(150), Duration.ofMillis(50));
        var plan = new Bench.Plan(200, 1, Duration.ofSeconds(2), List.of(16), 50);
        var memory = new Results.Memory(OptionalLong.of(200L << 20), OptionalLong.empty(), OptionalLong.of(240L << 20));
        return new Results(
                plan, Duration.ofSeconds(3), List.of(cold), List.of(warm), List.of(900_000L, 1_100_000L), memory);
    }

    private static String printed(Results results) {
        var bytes = new ByteArrayOutputStream();
        new Report(results).print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shows_what_was_measured_as_a_table() {
        assertThat(printed(results(0)))
                .containsPattern("exchanges per second +500")
                .containsPattern("latency, p50 \\(ms\\) +2\\.00")
                .containsPattern("latency, max \\(ms\\) +30\\.0")
                .containsPattern("CPU of the service per exchange \\(us\\) +400")
                .containsPattern("in RS256-2048 signatures +0\\.400")
                .containsPattern("GitHub calls per exchange: mint +1\\.000")
                .containsPattern("used by others +25 %")
                .contains("1000 us CPU (900, 1100)")
                .contains("2 calls in 2 rounds, 150 ms, of which 50 ms beyond GitHub's")
                .contains("idle 200, loaded unknown, at most 240")
                .doesNotContain("first error");
    }

    @Test
    void shows_what_went_wrong() {
        assertThat(printed(results(3))).containsPattern("errors +3").contains("first error: 503 {}");
        assertThat(results(3).errors()).isEqualTo(3);
    }

    @Test
    void has_the_same_numbers_for_programs() {
        JsonObject json;
        try (var reader = Json.createReader(new StringReader(new Report(results(0)).json()))) {
            json = reader.readObject();
        }
        var warm = json.getJsonArray("warm").getJsonObject(0);
        assertThat(warm.getJsonNumber("exchanges_per_second").doubleValue()).isEqualTo(500);
        assertThat(warm.getJsonNumber("signatures_per_exchange").doubleValue()).isEqualTo(0.4);
        assertThat(warm.getJsonObject("github_calls_per_exchange")
                        .getJsonNumber("mint")
                        .doubleValue())
                .isEqualTo(1);
        assertThat(json.getJsonNumber("signature_cpu_micros").doubleValue()).isEqualTo(1_000);
        assertThat(json.isNull("rss_loaded_bytes")).isTrue();
        assertThat(json.getJsonArray("cold").getJsonObject(0).getInt("github_rounds"))
                .isEqualTo(2);
    }
}
