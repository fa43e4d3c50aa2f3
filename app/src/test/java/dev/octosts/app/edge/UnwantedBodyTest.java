package dev.octosts.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnwantedBodyTest {

    private final UnwantedBody body = new UnwantedBody();

    @Test
    void a_long_rest_is_read_at_eighty_kilobytes_a_second() {
        read(32);

        assertThat(read(24)).isGreaterThanOrEqualTo(Duration.ofMillis(290));
    }

    @Test
    void each_request_has_its_own_short_rest() {
        var all = Duration.ZERO;
        for (int request = 0; request < 100; request++) {
            body.begin();
            all = all.plus(read(32));
        }

        assertThat(all).isLessThan(Duration.ofSeconds(5));
    }

    /** Reads as a connection does, eight kilobytes at a time. */
    private Duration read(int kilobytes) {
        long begin = System.nanoTime();
        for (int left = kilobytes; left > 0; left -= 8) {
            body.read(8 * 1024);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
