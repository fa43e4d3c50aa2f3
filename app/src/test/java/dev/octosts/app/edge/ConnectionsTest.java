package dev.octosts.app.edge;

import static dev.octosts.app.edge.EdgeServer.rest;
import static dev.octosts.app.edge.EdgeServer.send;
import static dev.octosts.app.edge.EdgeServer.until;
import static dev.octosts.app.edge.EdgeTraffic.LIVE;
import static dev.octosts.app.edge.EdgeTraffic.MAXIMUM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Await;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which connection is closed when all are taken. */
class ConnectionsTest {

    private final EdgeTraffic traffic = new EdgeTraffic();
    private final EdgeServer server = traffic.server;
    private final List<Socket> sockets = traffic.sockets;

    @AfterEach
    void stop() throws IOException {
        traffic.close();
    }

    @Test
    void counts_connections_that_never_send_a_byte_and_those_that_end() throws IOException {
        traffic.fill(3, "");
        assertThat(server.connections.number()).isEqualTo(3);

        sockets.getFirst().close();
        Await.until("the end of one", () -> server.connections.number() == 2);
    }

    @Test
    void serves_newcomers_while_others_open_connections_and_send_nothing() throws IOException {
        for (int connection = 0; connection < 20 * MAXIMUM; connection++) {
            traffic.connect("");
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
        traffic.fill(1, "");
        var used = traffic.connect(LIVE);
        until(used, "served!");
        traffic.fill(MAXIMUM - 2, "");
        send(used, LIVE); // from now on it is the one that has been idle for the shortest time
        until(used, "served!");

        for (int newcomer = 0; newcomer < MAXIMUM - 1; newcomer++) {
            assertThat(server.live()).startsWith("HTTP/1.1 200");
            Await.until("the end of that one", () -> server.connections.number() == MAXIMUM - 1);
            traffic.connect("");
            Await.until("a connection", () -> server.connections.number() == MAXIMUM);
        }

        assertThat(rest(sockets.getFirst())).isEmpty();
        send(used, LIVE);
        assertThat(until(used, "served!")).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @CsvSource({"'GET /live HTTP/1.1\r\nHo'", "'POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1'"})
    void closes_the_slowest_request_when_none_is_idle(String begin) throws IOException {
        traffic.fill(MAXIMUM, begin);
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
        traffic.fill(MAXIMUM, "GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
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
        // A caller has its answer a moment before its connection counts as idle.
        Await.until("a place for a newcomer", () -> answered(server));
    }

    @Test
    void closes_a_connection_that_does_not_read_its_answer_for_others() throws IOException {
        traffic.fill(MAXIMUM, "GET /page HTTP/1.1\r\nHost: x\r\n\r\n");
        Await.until("callers that do not read", () -> answered(server));

        assertThat(server.cutOffs).contains(CutOff.SLOWEST);
    }
}
