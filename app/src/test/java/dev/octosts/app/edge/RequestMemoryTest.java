package dev.octosts.app.edge;

import static dev.octosts.app.edge.EdgeServer.rest;
import static dev.octosts.app.edge.EdgeServer.send;
import static dev.octosts.app.edge.EdgeServer.until;
import static dev.octosts.app.edge.EdgeTraffic.BODY;
import static dev.octosts.app.edge.EdgeTraffic.LIVE;
import static dev.octosts.app.edge.EdgeTraffic.MAXIMUM;
import static dev.octosts.app.edge.EdgeTraffic.MEMORY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Await;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What unfinished requests hold of the memory, and which of them has to go. */
class RequestMemoryTest {

    private final EdgeTraffic traffic = new EdgeTraffic();
    private final EdgeServer server = traffic.server;

    @AfterEach
    void stop() throws IOException {
        traffic.close();
    }

    @Test
    void holds_no_memory_for_a_request_that_comes_in_one_read() throws IOException {
        assertThat(server.ask("GET /held HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(2_000) + "\r\n\r\n"))
                .endsWith("\r\n\r\n0");
    }

    @Test
    void holds_a_request_of_several_reads_until_it_is_answered() throws IOException {
        assertThat(server.ask("GET /held HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(20_000) + "\r\n\r\n"))
                .containsPattern("\r\n\r\n2[0-9]{4}$");

        Await.until("what was held", () -> server.memory.used() == 0);
    }

    @Test
    void charges_small_reads_and_short_headers_with_what_they_cost() throws IOException {
        var socket = traffic.connect("GET /live HTTP/1.1\r\n");
        for (int header = 0; header < 20; header++) {
            send(socket, "a" + header + ":\r\n");
            int least = 200 * (header - 1); // the first header may come together with the request line
            Await.until("its cost", () -> server.memory.used() > least);
        }

        socket.close();
        Await.until("what was held", () -> server.memory.used() == 0);
    }

    @Test
    void closes_the_slowest_when_unfinished_requests_hold_too_much() throws IOException {
        var narrow = new EdgeServer(MAXIMUM, 100_000);
        try (narrow;
                var slowest = narrow.connect(BODY + "60000\r\n\r\n")) {
            send(slowest, "a".repeat(50_000));
            Await.until("the first", () -> narrow.memory.used() > 50_000);
            Await.until("its age", new Age(100)::isOver);

            try (var other = narrow.connect("GET /live HTTP/1.1\r\nX: ")) {
                send(other, "b".repeat(60_000) + "\r\nHost: x\r\n\r\n");
                assertThat(until(other, "served!")).startsWith("HTTP/1.1 200");
            }
            assertThat(rest(slowest)).doesNotStartWith("HTTP/1.1 200");
            assertThat(narrow.cutOffs).containsExactly(CutOff.NO_MEMORY);
            assertThat(narrow.turnedAway).hasPositiveValue();
        }
    }

    @Test
    void refuses_headers_that_find_no_room_with_503() throws IOException {
        var narrow = new EdgeServer(MAXIMUM, 30_000);
        try (narrow;
                var socket = narrow.connect("GET /live HTTP/1.1\r\nHost: x\r\nX: ")) {
            send(socket, "a".repeat(8_000));
            Await.until("the first", () -> narrow.memory.used() > 8_000);
            send(socket, "b".repeat(25_000));

            assertThat(rest(socket))
                    .startsWith("HTTP/1.1 503")
                    .containsPattern("Retry-After: [1-9]")
                    .containsPattern("X-Request-Id: [0-9a-f]{32}");
            Await.until("what was held", () -> narrow.memory.used() == 0);
        }
    }

    /** Milliseconds that have to go by, where age itself is the condition. */
    private record Age(long begin, long millis) {

        Age(long millis) {
            this(System.nanoTime(), millis);
        }

        boolean isOver() {
            return System.nanoTime() - begin > millis * 1_000_000;
        }
    }

    @Test
    void leaves_room_for_small_requests_that_large_ones_cannot_take() throws IOException {
        for (int large = 0; large < 4; large++) {
            var socket = traffic.connect(BODY + "9000000\r\n\r\n");
            try {
                send(socket, "a".repeat(600_000));
            } catch (IOException refused) {
                // It was closed before it was all sent.
            }
        }
        Await.until("bytes, or no room for them", () -> server.memory.used() > 400_000 || !server.cutOffs.isEmpty());

        assertThat(server.ask(BODY + "60000\r\n\r\n" + "b".repeat(60_000))).endsWith("60000");
        assertThat(server.memory.used()).isLessThanOrEqualTo(MEMORY);
    }

    @Test
    void refuses_a_request_that_is_larger_than_all_may_be_together() throws IOException {
        try (var socket = traffic.connect(BODY + "2000000\r\n\r\n")) {
            try {
                send(socket, "a".repeat(2_000_000));
            } catch (IOException refused) {
                // It was closed before it was all sent.
            }
            assertThat(rest(socket)).doesNotStartWith("HTTP/1.1 200");
        }
        assertThat(server.cutOffs).contains(CutOff.NO_MEMORY);
        Await.until("what was held", () -> server.memory.used() == 0);
    }

    @Test
    void charges_nothing_for_a_body_that_is_not_kept() throws IOException {
        var answer = server.ask("POST /nope HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n" + "a".repeat(10));

        assertThat(answer).startsWith("HTTP/1.1 404");
        assertThat(server.cutOffs).isEmpty();
        try (var socket = traffic.connect("POST /nope HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n")) {
            assertThat(until(socket, "\"details\":[]}")).startsWith("HTTP/1.1 404");
            send(socket, "a".repeat(3_000_000));
            send(socket, LIVE);
            assertThat(until(socket, "served!")).startsWith("HTTP/1.1 200");
        }
        assertThat(server.cutOffs).isEmpty();
    }
}
