package dev.octosts.app.edge;

import static dev.octosts.app.edge.EdgeServer.rest;
import static dev.octosts.app.edge.EdgeServer.send;
import static dev.octosts.app.edge.EdgeServer.until;
import static dev.octosts.app.edge.EdgeTraffic.BODY;
import static dev.octosts.app.edge.EdgeTraffic.LIVE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How requests are read from a connection, and the id that each answer has. */
class EdgeRequestsTest {

    private final EdgeTraffic traffic = new EdgeTraffic();
    private final EdgeServer server = traffic.server;

    @AfterEach
    void stop() throws IOException {
        traffic.close();
    }

    @Test
    void answers_requests_that_come_together_one_after_the_other() throws IOException {
        var socket = traffic.connect(LIVE + BODY + "5\r\n\r\n12345" + LIVE + "GET /li");

        assertThat(until(socket, "served!")).startsWith("HTTP/1.1 200");
        assertThat(until(socket, "\r\n\r\n5")).contains("HTTP/1.1 200");
        assertThat(until(socket, "served!")).contains("HTTP/1.1 200");
        send(socket, "ve HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(until(socket, "served!")).contains("HTTP/1.1 200");
    }

    @Test
    void reads_a_chunked_body_and_one_that_waits_to_be_asked_for() throws IOException {
        var chunked = traffic.connect("POST /body HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n12");
        send(chunked, "34\r\n3\r\n123\r\n0\r\n\r\n");
        assertThat(until(chunked, "\r\n\r\n7")).startsWith("HTTP/1.1 200");

        var expecting = traffic.connect(BODY + "4\r\nExpect: 100-continue\r\n\r\n");
        assertThat(until(expecting, "\r\n\r\n")).startsWith("HTTP/1.1 100");
        send(expecting, "1234");
        assertThat(until(expecting, "\r\n\r\n4")).startsWith("HTTP/1.1 200");
        send(expecting, LIVE);
        assertThat(until(expecting, "served!")).contains("HTTP/1.1 200");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /nope, 404, 5, not_found",
        "OPTIONS /sts/exchange, 405, 12, unimplemented",
        "OPTIONS /revoke, 405, 12, unimplemented",
    })
    void describes_the_problem_to_clients_that_ask_for_it(String line, int status, int code, String type)
            throws IOException {
        String request = line + " HTTP/1.1\r\nHost: x\r\nX-Request-Id: me\r\n";

        assertThat(server.ask(request + "Accept: application/problem+json\r\n\r\n"))
                .contains("Content-Type: application/problem+json", "Vary: Accept", "HTTP/1.1 " + status)
                .contains("problems.md#" + type, "\"status\":" + status, "\"code\":" + code, "\"requestId\":\"me\"");
        assertThat(server.ask(request + "Accept: */*\r\n\r\n"))
                .contains("Content-Type: application/json", "\"code\":" + code, "\"details\":[]");
    }

    @Test
    void never_takes_what_is_left_of_a_body_for_a_request() throws IOException {
        var socket = traffic.connect("POST /nope HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
                + LIVE.length() + "\r\n\r\n" + LIVE);

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
        try (var socket = traffic.connect("")) {
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
}
