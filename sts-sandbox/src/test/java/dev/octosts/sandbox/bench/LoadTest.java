package dev.octosts.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.client.HttpCall;
import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.LoopbackServer;
import dev.octosts.sandbox.http.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private static byte[][] requests(URI address, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> HttpCall.get(address.resolve("/" + i), "").bytes())
                .toArray(byte[][]::new);
    }

    private static URI address(LoopbackServer server) {
        return URI.create("http://localhost:" + server.port());
    }

    @Test
    void sends_each_request_once() {
        var paths = ConcurrentHashMap.<String>newKeySet();
        try (var server = LoopbackServer.start(
                request -> {
                    paths.add(request.path());
                    return Reply.json(200, "{}");
                },
                0,
                null)) {
            var outcome = Load.run(address(server), requests(address(server), 500), 4, LONG);
            assertThat(outcome.exchanges()).isEqualTo(500);
            assertThat(outcome.errors()).isZero();
            assertThat(outcome.perSecond()).isPositive();
            assertThat(outcome.latency().getMaxValue()).isPositive();
        }
        assertThat(paths).hasSize(500);
    }

    @Test
    void sends_no_request_before_it_is_due_and_counts_from_then() {
        try (var server = LoopbackServer.start(request -> Reply.json(200, "{}"), 0, null)) {
            var outcome = Load.run(address(server), requests(address(server), 101), 4, LONG, new Load.Rate(500));
            assertThat(outcome.exchanges()).isEqualTo(101);
            assertThat(outcome.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
    }

    @Test
    void counts_refusals_and_lost_connections_as_errors() {
        var number = new AtomicInteger();
        try (var server = LoopbackServer.start(request -> answer(number.getAndIncrement()), 0, null)) {
            var outcome = Load.run(address(server), requests(address(server), 30), 1, LONG);
            assertThat(outcome.exchanges()).isEqualTo(10);
            assertThat(outcome.errors()).isEqualTo(20);
            assertThat(outcome.firstError()).hasValue("403 {\"message\":\"no\"}");
        }
    }

    private static Answer answer(int number) {
        return switch (number % 3) {
            case 0 -> Reply.json(200, "{}");
            case 1 -> Reply.json(403, "{\"message\":\"no\"}");
            default -> new Answer.Reset();
        };
    }

    @Test
    void ends_when_the_time_is_up() {
        try (var server = LoopbackServer.start(request -> Reply.json(200, "{}"), 0, null)) {
            var outcome = Load.run(address(server), requests(address(server), 100), 2, Duration.ZERO);
            assertThat(outcome.exchanges()).isZero();
        }
    }
}
