package dev.octosts.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelativeTimeTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "PT0S, now",
        "PT0.9S, now",
        "PT1S, in 1 s",
        "PT119S, in 119 s",
        "PT2M, in 2 min",
        "PT119M, in 119 min",
        "PT2H, in 2 h",
        "PT47H, in 47 h",
        "P2D, in 2 days",
        "-PT30S, 30 s ago",
        "-PT59M59S, 59 min ago",
        "-P400D, 400 days ago",
    })
    void is_told_in_the_unit_that_people_would_use(Duration offset, String expected) {
        assertThat(JwtText.RelativeTime.between(NOW, NOW.plus(offset))).isEqualTo(expected);
    }
}
