package dev.octosts.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.edge.http2.Frame;
import dev.octosts.app.edge.http2.Http2Error;
import dev.octosts.sandbox.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What HTTP/2 serves, and that it is no way around the limits of the edge. */
class Http2ConnectionTest extends Http2WireTest {

    private static final int MAXIMUM = 128;

    @Test
    void serves_the_resources_of_http_1() throws IOException {
        var client = client();

        var live = client.answer(client.get("/live?a=b", "x-request-id", "my-id"));
        var missing = client.answer(client.get("/missing"));
        int posting = client.open();
        client.send(
                H2Client.headers(posting, H2Client.request("POST", "/body", "content-length", "3"), false),
                H2Client.data(posting, new byte[] {1}, false),
                H2Client.data(posting, new byte[] {2, 3}, true));

        assertThat(live.status()).isEqualTo(200);
        assertThat(live.text()).isEqualTo("served!");
        assertThat(live.header("content-length")).isEqualTo("7");
        assertThat(live.header("x-request-id")).isEqualTo("my-id");
        assertThat(live.header("date")).isNotEmpty();
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.text()).isEqualTo("{\"code\":5,\"message\":\"Not Found\",\"details\":[]}");
        assertThat(client.answer(posting).text()).isEqualTo("3");
    }

    @Test
    void answers_head_without_a_body_and_odd_paths_like_http_1() throws IOException {
        var client = client();
        int head = client.open();
        client.send(H2Client.headers(head, H2Client.request("HEAD", "/missing"), true));

        assertThat(client.answer(head).status()).isEqualTo(404);
        assertThat(client.answer(head).text()).isEmpty();
        assertThat(client.answer(client.get("//live")).status()).isEqualTo(404);
        assertThat(client.answer(client.get("/live/")).status()).isEqualTo(404);
        assertThat(client.answer(client.get("/li ve")).status()).isEqualTo(400);
    }

    @Test
    void takes_padding_priorities_trailers_and_headers_in_several_frames() throws IOException {
        var client = client();
        byte[] block = H2Client.request("POST", "/body");
        int stream = client.open();
        var padded = new ByteArrayOutputStream();
        padded.write(2);
        padded.writeBytes(number(0));
        padded.write(16);
        padded.write(block, 0, 10);
        padded.writeBytes(new byte[2]);
        client.send(
                new Frame(Frame.HEADERS, 0x28, stream, padded.toByteArray()),
                new Frame(Frame.CONTINUATION, 0, stream, Arrays.copyOfRange(block, 10, 11)),
                new Frame(Frame.CONTINUATION, Frame.END_HEADERS, stream, Arrays.copyOfRange(block, 11, block.length)),
                new Frame(Frame.PRIORITY, 0, stream, new byte[] {0, 0, 0, 0, 1}),
                new Frame(0x42, 0xFF, 7, new byte[12]),
                new Frame(Frame.DATA, 8, stream, new byte[] {1, 9, 9, 0}),
                H2Client.headers(stream, H2Client.block("checksum", "1"), true));

        assertThat(client.answer(stream).text()).isEqualTo("2");
    }

    @Test
    void refuses_bodies_that_no_resource_takes_before_they_have_come() throws IOException {
        try (var large = new EdgeServer(8, 8 << 20);
                var client = large.http2()) {
            int stream = client.open();
            client.send(H2Client.headers(stream, H2Client.request("POST", "/body"), false));

            assertThat(client.body(stream, 2 << 20)).isFalse();

            var answer = client.answer(stream);
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.text()).isEqualTo("{\"code\":3,\"message\":\"Request Entity Too Large\",\"details\":[]}");
            assertThat(client.answer(client.get("/live")).text()).isEqualTo("served!");
        }
    }

    @Test
    void takes_bodies_larger_than_the_window() throws IOException {
        var client = client();
        int stream = client.open();
        client.send(H2Client.headers(stream, H2Client.request("POST", "/body"), false));

        assertThat(client.body(stream, 504 * 1024))
                .as("error %s", client.goneAway)
                .isTrue();
        assertThat(client.answer(stream).text()).isEqualTo("516096");
    }

    @Test
    void waits_for_a_caller_that_has_no_room_for_the_answer() throws IOException {
        var client = client();
        int stream = client.get("/text/200000");
        while (!client.answerHas(stream, 65_535)) {
            client.read();
        }
        assertThat(client.soFar(stream)).isEqualTo(65_535);

        client.grant(stream, 100_000);
        client.grant(0, 50_000);
        while (!client.answerHas(stream, 115_535)) {
            client.read();
        }
        client.grant(stream, 100_000);
        client.grant(0, 100_000);

        assertThat(client.answer(stream).body.size()).isEqualTo(200_000);
    }

    @Test
    void answers_a_ping_with_its_bytes() throws IOException {
        var client = client();
        byte[] payload = {1, 2, 3, 4, 5, 6, 7, 8};
        client.send(new Frame(Frame.PING, 0, 0, payload));
        client.answer(client.get("/live"));

        assertThat(client.others).anySatisfy(frame -> {
            assertThat(frame.type()).isEqualTo(Frame.PING);
            assertThat(frame.has(Frame.ACK)).isTrue();
            assertThat(frame.payload()).isEqualTo(payload);
        });
    }

    @Test
    void refuses_the_request_that_is_one_too_many_and_serves_the_others() throws IOException {
        var client = client();
        var streams = new ArrayList<Integer>();
        for (int request = 0; request < Http2Requests.MOST; request++) {
            streams.add(client.get("/wait"));
        }
        Await.until("all are worked on", () -> server.waiting.get() == Http2Requests.MOST);

        assertThat(client.answer(client.get("/live")).reset).isEqualTo(Http2Error.REFUSED_STREAM.number());

        server.work.countDown();
        assertThat(streams)
                .allSatisfy(stream -> assertThat(client.answer(stream).text()).isEqualTo("done"));
        assertThat(client.answer(client.get("/live")).text()).isEqualTo("served!");
    }

    @Test
    void has_no_more_requests_in_all_than_connections_are_allowed() throws IOException {
        for (int connection = 0; connection < 2; connection++) {
            var client = client();
            for (int request = 0; request < MAXIMUM / 2; request++) {
                client.get("/wait");
            }
        }
        Await.until("all are worked on", () -> server.waiting.get() == MAXIMUM);

        var newcomer = client();
        assertThat(newcomer.answer(newcomer.get("/live")).reset).isEqualTo(Http2Error.REFUSED_STREAM.number());
        assertThat(server.cutOffs).contains(CutOff.TOO_MANY);

        server.work.countDown();
        assertHoldsNothing();
        assertServesOthers();
    }

    @Test
    void ends_the_slowest_request_for_one_that_needs_its_place() throws IOException {
        try (var large = new EdgeServer(MAXIMUM, 8 << 20);
                var one = large.http2();
                var other = large.http2();
                var newcomer = large.http2()) {
            for (int request = 0; request < MAXIMUM / 2; request++) {
                int stream = one.open();
                one.send(H2Client.headers(stream, H2Client.request("POST", "/body"), false));
                other.get("/text/100000"); // there is room for one answer, and not for the others
            }
            Await.until("all have come", () -> large.connections.requests() >= MAXIMUM - 1);
            Await.until(
                    "the first is slow",
                    () -> newcomer.answer(newcomer.get("/live")).status() == 200
                            && large.cutOffs.contains(CutOff.SLOWEST));

            assertThat(newcomer.answer(newcomer.get("/live")).text()).isEqualTo("served!");
        }
    }

    @Test
    void goes_on_counting_requests_that_are_reset_but_still_worked_on() throws IOException {
        var client = client();
        var streams = new ArrayList<Integer>();
        for (int request = 0; request < Http2Requests.MOST; request++) {
            streams.add(client.get("/wait"));
        }
        Await.until("all are worked on", () -> server.waiting.get() == Http2Requests.MOST);
        for (int stream : streams.subList(0, Http2Requests.MOST / 2)) {
            client.send(reset(stream));
        }

        assertThat(client.answer(client.get("/wait")).reset).isEqualTo(Http2Error.REFUSED_STREAM.number());
        assertThat(server.connections.requests()).isEqualTo(Http2Requests.MOST);

        server.work.countDown();
        assertHoldsNothing();
    }

    @Test
    void says_goodbye_with_the_last_answer_of_a_process_that_stops() throws IOException {
        var client = client();
        client.answer(client.get("/live"));
        server.stopping = true;

        assertThat(client.answer(client.get("/live")).text()).isEqualTo("served!");
        assertThat(client.end()).isEqualTo(Http2Error.NO_ERROR.number());
    }

    @Test
    void makes_room_for_newcomers_like_any_other_connection() throws IOException {
        try (var small = new EdgeServer(4, 1 << 20)) {
            var idle = new ArrayList<H2Client>();
            for (int connection = 0; connection < 4; connection++) {
                var client = small.http2();
                client.answer(client.get("/live"));
                idle.add(client);
            }
            assertThat(small.connections.number()).isEqualTo(4);

            assertThat(small.live()).startsWith("HTTP/1.1 200");
            assertThat(small.cutOffs).containsOnly(CutOff.IDLE);
            assertThat(idle.getFirst().end()).isEqualTo(-1);
            for (H2Client client : idle) {
                client.close();
            }
        }
    }

    @Test
    void tells_a_newcomer_without_a_place_to_try_again() throws IOException {
        try (var small = new EdgeServer(2, 1 << 20)) {
            try (var one = small.http2();
                    var other = small.http2()) {
                one.get("/wait");
                other.get("/wait");
                Await.until("both are worked on", () -> small.waiting.get() == 2);
                try (var newcomer = small.http2()) {
                    assertThat(newcomer.end()).isEqualTo(Http2Error.NO_ERROR.number());
                }
                small.work.countDown();
            }
        }
    }

    @Test
    void ends_requests_whose_bodies_take_too_long_and_no_others() throws IOException {
        var client = client();
        int slow = client.open();
        client.send(H2Client.headers(slow, H2Client.request("POST", "/body"), false));
        int waiting = client.get("/wait");

        assertThat(client.answer(slow).reset).isEqualTo(Http2Error.ENHANCE_YOUR_CALM.number());

        assertThat(server.cutOffs).contains(CutOff.LATE_BODY);
        server.work.countDown();
        assertThat(client.answer(waiting).text()).isEqualTo("done");
    }

    @Test
    void bounds_what_slow_requests_hold_together() throws IOException {
        for (int connection = 0; connection < 4; connection++) {
            var client = client();
            for (int request = 0; request < 25; request++) {
                int stream = client.open();
                client.send(
                        H2Client.headers(stream, H2Client.request("POST", "/body"), false),
                        H2Client.data(stream, new byte[16_000], false));
                assertThat(server.memory.used()).isLessThanOrEqualTo(server.memory.limit());
            }
        }
        Await.until("there is no room", () -> server.cutOffs.contains(CutOff.NO_MEMORY));

        assertServesOthers();
        stopClients();
        assertHoldsNothing();
    }
}
