package dev.octosts.app.edge;

import static dev.octosts.app.edge.EdgeServer.rest;
import static dev.octosts.app.edge.EdgeServer.send;
import static dev.octosts.app.edge.EdgeServer.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Await;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionsTest {

    private static final int MAXIMUM = 8;
    private static final int MEMORY = 1 << 20;
    private static final String LIVE = "GET /live HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String BODY = "POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: ";

    private final EdgeServer server = new EdgeServer(MAXIMUM, MEMORY);
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
        server.close();
    }

    private Socket connect(String text) throws IOException {
        var socket = server.connect(text);
        sockets.add(socket);
        return socket;
    }

    private void fill(int number, String text) throws IOException {
        int before = server.connections.number();
        for (int connection = 1; connection <= number; connection++) {
            connect(text);
            int expected = Math.min(MAXIMUM, before + connection);
            Await.until("a connection", () -> server.connections.number() == expected);
        }
    }

    @Test
    void counts_connections_that_never_send_a_byte_and_those_that_end() throws IOException {
        fill(3, "");
        assertThat(server.connections.number()).isEqualTo(3);

        sockets.getFirst().close();
        Await.until("the end of one", () -> server.connections.number() == 2);
    }

    @Test
    void serves_newcomers_while_others_open_connections_and_send_nothing() throws IOException {
        for (int connection = 0; connection < 20 * MAXIMUM; connection++) {
            connect("");
            if (connection % MAXIMUM == 0) {
                assertThat(server.live()).startsWith("HTTP/1.1 200");
            }
        }

        assertThat(server.live()).startsWith("HTTP/1.1 200");
        assertThat(server.connections.number()).isLessThanOrEqualTo(MAXIMUM);
        assertThat(server.cutOffs).containsOnly(CutOff.IDLE);
        assertThat(server.turnedAway).hasValue(0);
    }

    @Test
    void closes_the_longest_idle_one_first() throws IOException {
        fill(1, "");
        var used = connect(LIVE);
        until(used, "served!");
        fill(MAXIMUM - 2, "");
        send(used, LIVE); // from now on it is the one that has been idle for the shortest time
        until(used, "served!");

        for (int newcomer = 0; newcomer < MAXIMUM - 1; newcomer++) {
            assertThat(server.live()).startsWith("HTTP/1.1 200");
            Await.until("the end of that one", () -> server.connections.number() == MAXIMUM - 1);
            connect("");
            Await.until("a connection", () -> server.connections.number() == MAXIMUM);
        }

        assertThat(rest(sockets.getFirst())).isEmpty();
        send(used, LIVE);
        assertThat(until(used, "served!")).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @CsvSource({"'GET /live HTTP/1.1\r\nHo'", "'POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1'"})
    void closes_the_slowest_request_when_none_is_idle(String begin) throws IOException {
        fill(MAXIMUM, begin);
        long lines = begin.chars().filter(character -> character == '\n').count();
        long cost = 100 + begin.length() + 200 * lines;
        Await.until("all have begun", () -> server.memory.used() > (MAXIMUM - 1) * cost);
        Await.until("slow requests", () -> answered(server));

        assertThat(rest(sockets.getFirst())).doesNotStartWith("HTTP/1.1 200");
        assertThat(server.cutOffs).contains(CutOff.SLOWEST);
        assertThat(server.turnedAway).hasPositiveValue();
    }

    private static boolean answered(EdgeServer server) {
        try {
            return server.live().startsWith("HTTP/1.1 200");
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void refuses_the_newcomer_when_all_others_wait_for_this_service() throws IOException {
        fill(MAXIMUM, "GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
        Await.until("the work", () -> server.waiting.get() == MAXIMUM);

        assertThat(server.live())
                .startsWith("HTTP/1.1 503")
                .containsPattern("Retry-After: [1-9]")
                .containsPattern("X-Request-Id: [0-9a-f]{32}")
                .contains("\"code\":14");
        assertThat(server.turnedAway).hasPositiveValue();

        server.work.countDown();
        for (var socket : sockets) {
            assertThat(until(socket, "done")).startsWith("HTTP/1.1 200");
        }
        assertThat(server.live()).startsWith("HTTP/1.1 200");
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
        var socket = connect("GET /live HTTP/1.1\r\n");
        for (int header = 0; header < 20; header++) {
            send(socket, "a" + header + ":\r\n");
            int least = 200 * header;
            Await.until("its cost", () -> server.memory.used() > least);
        }
        assertThat(server.memory.used()).isGreaterThan(20 * 200);

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
            var socket = connect(BODY + "9000000\r\n\r\n");
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
        try (var socket = connect(BODY + "2000000\r\n\r\n")) {
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
        try (var socket = connect("POST /nope HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n")) {
            assertThat(until(socket, "\"details\":[]}")).startsWith("HTTP/1.1 404");
            send(socket, "a".repeat(3_000_000));
            send(socket, LIVE);
            assertThat(until(socket, "served!")).startsWith("HTTP/1.1 200");
        }
        assertThat(server.cutOffs).isEmpty();
    }

    @Test
    void answers_requests_that_come_together_one_after_the_other() throws IOException {
        var socket = connect(LIVE + BODY + "5\r\n\r\n12345" + LIVE + "GET /li");

        assertThat(until(socket, "served!")).startsWith("HTTP/1.1 200");
        assertThat(until(socket, "\r\n\r\n5")).contains("HTTP/1.1 200");
        assertThat(until(socket, "served!")).contains("HTTP/1.1 200");
        send(socket, "ve HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(until(socket, "served!")).contains("HTTP/1.1 200");
    }

    @Test
    void reads_a_chunked_body_and_one_that_waits_to_be_asked_for() throws IOException {
        var chunked = connect("POST /body HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n12");
        send(chunked, "34\r\n3\r\n123\r\n0\r\n\r\n");
        assertThat(until(chunked, "\r\n\r\n7")).startsWith("HTTP/1.1 200");

        var expecting = connect(BODY + "4\r\nExpect: 100-continue\r\n\r\n");
        assertThat(until(expecting, "\r\n\r\n")).startsWith("HTTP/1.1 100");
        send(expecting, "1234");
        assertThat(until(expecting, "\r\n\r\n4")).startsWith("HTTP/1.1 200");
        send(expecting, LIVE);
        assertThat(until(expecting, "served!")).contains("HTTP/1.1 200");
    }

    @Test
    void never_takes_what_is_left_of_a_body_for_a_request() throws IOException {
        var socket = connect("POST /nope HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " + LIVE.length()
                + "\r\n\r\n" + LIVE);

        assertThat(rest(socket)).startsWith("HTTP/1.1 404").doesNotContain("200", "served!");
    }

    @ParameterizedTest
    @CsvSource({
        "'X-Request-Id: mine.1_2-3', mine.1_2-3",
        "'X-Request-Id: a b', [0-9a-f]{32}",
        "'X-Request-Id: a~X-Request-Id: b', [0-9a-f]{32}",
        "'Y: z', [0-9a-f]{32}",
    })
    void gives_every_answer_the_id_of_its_request(String header, String id) throws IOException {
        for (var path : List.of("/live", "/nope")) {
            assertThat(server.ask(
                            "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + header.replace("~", "\r\n") + "\r\n\r\n"))
                    .containsPattern("X-Request-Id: " + id + "\r\n")
                    .doesNotContain("X-Request-Id: a\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'GARBAGE', 400, [0-9a-f]{32}",
        "'OPTIONS * HTTP/1.1~Host: x', 400, [0-9a-f]{32}",
        "'POST /body HTTP/1.1~Host: x~X-Request-Id: mine~Content-Length: 1~Content-Length: 2', 400, mine",
        "'GET /live HTTP/1.1~X-Request-Id: mine', 400, mine",
        "'GET /live HTTP/1.1~Host: x~X: LARGE', 431, [0-9a-f]{32}",
        "'GET /live HTTP/1.1~Host: x~MANY', 431, [0-9a-f]{32}",
    })
    void gives_an_id_to_answers_of_requests_that_reach_no_resource(String lines, int status, String id)
            throws IOException {
        var text = lines.replace("LARGE", "a".repeat(100_000)).replace("MANY", "a:b~".repeat(3_000));
        try (var socket = connect("")) {
            try {
                send(socket, text.replace("~", "\r\n") + "\r\n\r\n");
            } catch (IOException refused) {
                // It was closed before it was all sent; the answer may be there all the same.
            }
            assertThat(rest(socket))
                    .startsWith("HTTP/1.1 " + status)
                    .containsPattern("X-Request-Id: " + id + "\r\n")
                    .contains("\"details\":[]");
        }
    }

    @Test
    void closes_a_connection_that_does_not_read_its_answer_for_others() throws IOException {
        fill(MAXIMUM, "GET /page HTTP/1.1\r\nHost: x\r\n\r\n");
        Await.until("callers that do not read", () -> answered(server));

        assertThat(server.cutOffs).contains(CutOff.SLOWEST);
    }
}
