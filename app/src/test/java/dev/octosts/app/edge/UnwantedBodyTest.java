package dev.octosts.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnwantedBodyTest {

    private final UnwantedBody.Pace pace = new UnwantedBody.Pace();

    @Test
    void long_rests_of_all_connections_are_read_one_after_the_other() throws Exception {
        long begin = System.nanoTime();
        var connections = IntStream.range(0, 10)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> read(new UnwantedBody(pace), 32 + 800)))
                .toList();
        for (var connection : connections) {
            connection.join();
        }

        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(145));
    }

    @Test
    void a_short_rest_of_each_request_takes_no_time_from_others() {
        var body = new UnwantedBody(pace);
        for (int request = 0; request < 1_000; request++) {
            body.begin();
            read(body, 32);
        }

        assertThat(pace.untilNext()).isLessThanOrEqualTo(UnwantedBody.Pace.NANOS_APART);
    }

    /** Reads as a connection does, eight kilobytes at a time. */
    private static void read(UnwantedBody body, int kilobytes) {
        for (int left = kilobytes; left > 0; left -= 8) {
            body.read(8 * 1024);
        }
    }
}
