package dev.octosts.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColdStartTest {

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "0, 1",
        "0 51 103 155, 4",
        "0 10 60 61 120, 3",
        "120 0 60, 3",
        "0 49, 1",
        "0 50, 2",
    })
    void counts_calls_side_by_side_as_one_round(String millis, int rounds) {
        var arrivals = Arrays.stream(millis.split(" ", -1))
                .filter(text -> !text.isEmpty())
                .map(text -> Instant.EPOCH.plusMillis(Long.parseLong(text)))
                .toList();
        assertThat(ColdStart.rounds(arrivals, Duration.ofMillis(50))).isEqualTo(rounds);
    }
}
