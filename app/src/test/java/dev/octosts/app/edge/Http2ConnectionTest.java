package dev.octosts.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.edge.http2.Frame;
import dev.octosts.app.edge.http2.Http2Error;
import dev.octosts.sandbox.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP/2 on the wire: what it serves, and that it is no way around the limits of the edge. */
class Http2ConnectionTest {

    private static final int MAXIMUM = 128;
    private static final byte[] NOTHING = {};

    private final EdgeServer server = new EdgeServer(MAXIMUM, 1 << 20);
    private final List<H2Client> clients = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (H2Client client : clients) {
            client.close();
        }
        server.close();
    }

    private H2Client client() throws IOException {
        var client = server.http2();
        clients.add(client);
        return client;
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    private static Frame reset(int stream) {
        return new Frame(Frame.RST_STREAM, 0, stream, number(Http2Error.CANCEL.number()));
    }

    private void assertServesOthers() throws IOException {
        assertThat(server.live()).startsWith("HTTP/1.1 200");
        try (var other = server.http2()) {
            assertThat(other.answer(other.get("/live")).text()).isEqualTo("served!");
        }
    }

    private void assertHoldsNothing() {
        Await.until("all requests are over", () -> server.connections.requests() == 0);
        Await.until("no memory is held", () -> server.memory.used() == 0);
    }

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
                new Frame(
                        Frame.CONTINUATION,
                        Frame.END_HEADERS,
                        stream,
                        Arrays.copyOfRange(block, 11, block.length)),
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
            assertThat(answer.text())
                    .isEqualTo("{\"code\":3,\"message\":\"Request Entity Too Large\",\"details\":[]}");
            assertThat(client.answer(client.get("/live")).text()).isEqualTo("served!");
        }
    }

    @Test
    void takes_bodies_larger_than_the_window() throws IOException {
        var client = client();
        int stream = client.open();
        client.send(H2Client.headers(stream, H2Client.request("POST", "/body"), false));

        assertThat(client.body(stream, 504 * 1024)).as("error %s", client.goneAway).isTrue();
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

        assertThat(client.others)
                .anySatisfy(frame -> {
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
        assertThat(streams).allSatisfy(stream -> assertThat(client.answer(stream).text()).isEqualTo("done"));
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
            Await.until("the first is slow", () -> newcomer.answer(newcomer.get("/live")).status() == 200
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

    private void stopClients() throws IOException {
        for (H2Client client : clients) {
            client.close();
        }
    }

    private static Arguments row(String what, int error, Frame... frames) {
        return Arguments.of(what, error, frames);
    }

    static Stream<Arguments> endOfConnection() {
        byte[] get = H2Client.request("GET", "/live");
        int protocol = Http2Error.PROTOCOL_ERROR.number();
        int size = Http2Error.FRAME_SIZE_ERROR.number();
        int compression = Http2Error.COMPRESSION_ERROR.number();
        int calm = Http2Error.ENHANCE_YOUR_CALM.number();
        int flow = Http2Error.FLOW_CONTROL_ERROR.number();
        return Stream.of(
                row("data of the connection", protocol, H2Client.data(0, NOTHING, true)),
                row("data of no stream", protocol, H2Client.data(1, NOTHING, true)),
                row("an even stream", protocol, H2Client.headers(2, get, true)),
                row("headers of the connection", protocol, H2Client.headers(0, get, true)),
                row("a continuation of nothing", protocol, new Frame(Frame.CONTINUATION, Frame.END_HEADERS, 1, get)),
                row(
                        "something between headers",
                        protocol,
                        new Frame(Frame.HEADERS, 0, 1, get),
                        new Frame(Frame.PING, 0, 0, new byte[8])),
                row(
                        "a continuation of another stream",
                        protocol,
                        new Frame(Frame.HEADERS, 0, 1, get),
                        new Frame(Frame.CONTINUATION, Frame.END_HEADERS, 3, NOTHING)),
                row("a push", protocol, new Frame(Frame.PUSH_PROMISE, 0, 1, new byte[4])),
                row("a short reset", size, H2Client.headers(1, get, true), new Frame(Frame.RST_STREAM, 0, 1, new byte[3])),
                row("a reset of no stream", protocol, reset(1)),
                row("a short ping", size, new Frame(Frame.PING, 0, 0, new byte[7])),
                row("a ping of a stream", protocol, new Frame(Frame.PING, 0, 1, new byte[8])),
                row("settings of a wrong length", size, new Frame(Frame.SETTINGS, 0, 0, new byte[5])),
                row("settings of a stream", protocol, new Frame(Frame.SETTINGS, 0, 1, NOTHING)),
                row("a full acknowledgement", size, new Frame(Frame.SETTINGS, Frame.ACK, 0, new byte[6])),
                row("a push setting of 2", protocol, new Frame(Frame.SETTINGS, 0, 0, new byte[] {0, 2, 0, 0, 0, 2})),
                row("a window of 4 GiB", flow, new Frame(Frame.SETTINGS, 0, 0, new byte[] {0, 4, -1, -1, -1, -1})),
                row("frames of 1 byte", protocol, new Frame(Frame.SETTINGS, 0, 0, new byte[] {0, 5, 0, 0, 0, 1})),
                row("a window that grows by nothing", protocol, new Frame(Frame.WINDOW_UPDATE, 0, 0, number(0))),
                row("a window that grows too large", flow, new Frame(Frame.WINDOW_UPDATE, 0, 0, number(Integer.MAX_VALUE))),
                row("a window of no stream", protocol, new Frame(Frame.WINDOW_UPDATE, 0, 5, number(1))),
                row("more padding than frame", protocol, new Frame(Frame.HEADERS, 0x0D, 1, new byte[] {9, 1})),
                row("a stream that depends on itself", protocol, new Frame(Frame.PRIORITY, 0, 1, new byte[] {0, 0, 0, 1, 0})),
                row("a short goodbye", protocol, new Frame(Frame.GOAWAY, 0, 0, new byte[3])),
                row("a header from an empty table", compression, H2Client.headers(1, new byte[] {(byte) 0xFE}, true)),
                row("a name of 2 GiB", compression, H2Client.headers(1, HexFormat.of().parseHex("007fffffffff07"), true)),
                row("a table of 1 GiB, then emptied, then garbage", compression, H2Client.headers(1, HexFormat.of().parseHex("3fe1ffffff03200fff"), true)),
                row("headers of 100 KB", calm, oversized()),
                row("a bomb of one header", calm, bomb()));
    }

    /** More than the maximum, although each frame is small enough. */
    private static Frame[] oversized() {
        byte[] block = H2Client.request("GET", "/live", "a", "x".repeat(100_000));
        var frames = new ArrayList<Frame>();
        for (int from = 0; from < block.length; from += 16_000) {
            int to = Math.min(block.length, from + 16_000);
            frames.add(new Frame(
                    from == 0 ? Frame.HEADERS : Frame.CONTINUATION,
                    to == block.length ? Frame.END_HEADERS : 0,
                    1,
                    Arrays.copyOfRange(block, from, to)));
        }
        return frames.toArray(Frame[]::new);
    }

    /** A header of 4 000 bytes goes into the table and is then repeated by one byte each time. */
    private static Frame bomb() {
        var block = new ByteArrayOutputStream();
        block.writeBytes(HexFormat.of().parseHex("400161")); // literal, into the table, name "a"
        block.writeBytes(HexFormat.of().parseHex("7fa11e")); // 4 000 bytes
        block.writeBytes("x".repeat(4_000).getBytes(StandardCharsets.US_ASCII));
        for (int repetition = 0; repetition < 12_000; repetition++) {
            block.write(0xBE); // the newest entry
        }
        return H2Client.headers(1, block.toByteArray(), true);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endOfConnection")
    void ends_the_connection_of_a_caller_that_breaks_a_rule(String what, int error, Frame[] frames) throws IOException {
        var client = client();
        client.answer(client.get("/live"));
        var fresh = client();
        fresh.send(frames);

        assertThat(fresh.end()).as(what).isEqualTo(error);

        assertThat(client.answer(client.get("/live")).text()).as("another connection").isEqualTo("served!");
        assertHoldsNothing();
    }

    static Stream<Arguments> endOfStream() {
        int protocol = Http2Error.PROTOCOL_ERROR.number();
        return Stream.of(
                row("no path", protocol, H2Client.headers(1, H2Client.block(":method", "GET", ":scheme", "http"), true)),
                row("no method", protocol, H2Client.headers(1, H2Client.block(":path", "/", ":scheme", "http"), true)),
                row("no scheme", protocol, H2Client.headers(1, H2Client.block(":path", "/", ":method", "GET"), true)),
                row("a target that is no path", protocol, H2Client.headers(1, H2Client.request("OPTIONS", "*"), true)),
                row("a tunnel", protocol, H2Client.headers(1, H2Client.block(":method", "CONNECT", ":authority", "x"), true)),
                row("two paths", protocol, H2Client.headers(1, H2Client.request("GET", "/", ":path", "/live"), true)),
                row("a status", protocol, H2Client.headers(1, H2Client.request("GET", "/", ":status", "200"), true)),
                row("a pseudo-header at the end", protocol, H2Client.headers(1, H2Client.block("a", "b", ":method", "GET", ":scheme", "http", ":path", "/"), true)),
                row("a name in capitals", protocol, H2Client.headers(1, H2Client.request("GET", "/", "Aa", "b"), true)),
                row("an empty name", protocol, H2Client.headers(1, H2Client.request("GET", "/", "", "b"), true)),
                row("a name with a blank", protocol, H2Client.headers(1, H2Client.request("GET", "/", "a b", "c"), true)),
                row("a value of two lines", protocol, H2Client.headers(1, H2Client.request("GET", "/", "a", "b\r\nc"), true)),
                row("a header of one connection", protocol, H2Client.headers(1, H2Client.request("GET", "/", "connection", "close"), true)),
                row("chunks", protocol, H2Client.headers(1, H2Client.request("POST", "/body", "transfer-encoding", "chunked"), true)),
                row("other encodings of transfer", protocol, H2Client.headers(1, H2Client.request("GET", "/", "te", "gzip"), true)),
                row("a length that is none", protocol, H2Client.headers(1, H2Client.request("POST", "/body", "content-length", "-1"), true)),
                row("two lengths", protocol, H2Client.headers(1, H2Client.request("POST", "/body", "content-length", "0", "content-length", "0"), true)),
                row("a body that is too short", protocol, H2Client.headers(1, H2Client.request("POST", "/body", "content-length", "3"), true)),
                row(
                        "a body that is too long",
                        protocol,
                        H2Client.headers(1, H2Client.request("POST", "/body", "content-length", "1"), false),
                        H2Client.data(1, new byte[2], false)),
                row(
                        "trailers in the middle",
                        protocol,
                        H2Client.headers(1, H2Client.request("POST", "/body"), false),
                        H2Client.headers(1, H2Client.block("a", "b"), false)),
                row(
                        "a window that grows by nothing",
                        protocol,
                        H2Client.headers(1, H2Client.request("POST", "/body"), false),
                        new Frame(Frame.WINDOW_UPDATE, 0, 1, number(0))),
                row(
                        "a window that grows too large",
                        Http2Error.FLOW_CONTROL_ERROR.number(),
                        H2Client.headers(1, H2Client.request("POST", "/body"), false),
                        new Frame(Frame.WINDOW_UPDATE, 0, 1, number(Integer.MAX_VALUE))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endOfStream")
    void ends_a_request_that_breaks_a_rule_and_serves_the_next_one(String what, int error, Frame[] frames)
            throws IOException {
        var client = client();
        client.open();
        client.send(frames);

        assertThat(client.answer(1).reset).as(what).isEqualTo(error);

        assertThat(client.answer(client.get("/live")).text()).isEqualTo("served!");
        assertHoldsNothing();
    }

    static Stream<Arguments> floods() {
        byte[] block = H2Client.request("GET", "/live");
        return Stream.of(
                Arguments.of("resets", (Flood) (client, _) -> {
                    int stream = client.open();
                    client.send(H2Client.headers(stream, H2Client.request("POST", "/body"), false), reset(stream));
                }),
                Arguments.of("resets of whole requests", (Flood) (client, _) -> {
                    int stream = client.open();
                    client.send(H2Client.headers(stream, H2Client.request("GET", "/text/100000"), true), reset(stream));
                }),
                Arguments.of("requests that we have to reset", (Flood) (client, _) -> client.send(
                        H2Client.headers(client.open(), H2Client.request("GET", "/", "te", "gzip"), true))),
                Arguments.of("windows that grow by nothing", (Flood) (client, _) -> {
                    int stream = client.open();
                    client.send(
                            H2Client.headers(stream, H2Client.request("POST", "/body"), false),
                            new Frame(Frame.WINDOW_UPDATE, 0, stream, number(0)));
                }),
                Arguments.of("empty continuations", (Flood) (client, round) -> client.send(
                        round == 0
                                ? new Frame(Frame.HEADERS, 0, client.open(), block)
                                : new Frame(Frame.CONTINUATION, 0, 1, NOTHING))),
                Arguments.of("pings", (Flood) (client, _) -> client.send(new Frame(Frame.PING, 0, 0, new byte[8]))),
                Arguments.of("settings", (Flood) (client, _) -> client.send(new Frame(Frame.SETTINGS, 0, 0, NOTHING))),
                Arguments.of("priorities", (Flood)
                        (client, _) -> client.send(new Frame(Frame.PRIORITY, 0, 1, new byte[5]))),
                Arguments.of("unknown frames", (Flood) (client, _) -> client.send(new Frame(0x77, 0, 0, NOTHING))),
                Arguments.of("windows that grow", (Flood)
                        (client, _) -> client.send(new Frame(Frame.WINDOW_UPDATE, 0, 0, number(1)))),
                Arguments.of("empty parts of a body", (Flood) (client, round) -> client.send(
                        round == 0
                                ? H2Client.headers(client.open(), H2Client.request("POST", "/body"), false)
                                : H2Client.data(1, NOTHING, false))));
    }

    /** One round of a flood. */
    @FunctionalInterface
    interface Flood {

        void send(H2Client client, int round) throws IOException;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("floods")
    void ends_a_flood(String what, Flood flood) throws IOException {
        var client = client();
        int rounds = 0;
        try {
            while (rounds < 20_000) {
                flood.send(client, rounds++);
            }
        } catch (IOException closed) {
            assertThat(rounds).as(what).isPositive();
        }

        assertThat(client.end()).as(what).isIn(Http2Error.ENHANCE_YOUR_CALM.number(), -1);
        assertThat(rounds).as(what).isLessThan(20_000);
        Await.until("the connection is gone", () -> server.connections.number() == 0);
        assertHoldsNothing();
        assertServesOthers();
    }

    @Test
    void takes_resets_of_a_caller_that_has_answers_as_well() throws IOException {
        var client = client();
        for (int request = 0; request < 300; request++) {
            assertThat(client.answer(client.get("/live")).text()).isEqualTo("served!");
            if (request % 2 == 0) {
                int stream = client.open();
                client.send(H2Client.headers(stream, H2Client.request("POST", "/body"), false), reset(stream));
            }
        }
    }

    @Test
    @Tag("property")
    void survives_ten_thousand_malformed_frames() throws IOException {
        var random = new Random(9113);
        assertServesOthers();
        long before = usedHeap();
        int frames = 0;
        for (int connection = 0; frames < 10_000; connection++) {
            try (var client = new H2Client(server.connect(), connection % 10 != 0)) {
                int number = 1 + random.nextInt(40);
                for (int frame = 0; frame < number; frame++) {
                    client.raw(malformed(random));
                    frames++;
                }
            } catch (IOException closed) {
                frames++;
            }
            if (connection % 100 == 0) {
                assertServesOthers();
            }
        }

        Await.until("all connections are gone", () -> server.connections.number() == 0);
        assertHoldsNothing();
        assertServesOthers();
        assertThat(usedHeap() - before).as("growth of the heap").isLessThan(16 << 20);
    }

    private static byte[] malformed(Random random) {
        byte[] payload = new byte[random.nextInt(3) == 0 ? random.nextInt(2_000) : random.nextInt(20)];
        random.nextBytes(payload);
        byte[] block = H2Client.request("POST", "/body", "a", "b".repeat(random.nextInt(50)));
        if (random.nextInt(2) == 0) {
            block[random.nextInt(block.length)] = (byte) random.nextInt();
        }
        var frame = random.nextInt(3) == 0
                ? new Frame(Frame.HEADERS, random.nextInt(256), 1 + 2 * random.nextInt(20), block)
                : new Frame(random.nextInt(12), random.nextInt(256), random.nextInt(8), payload);
        byte[] bytes = frame.toBytes();
        if (random.nextInt(10) == 0) {
            bytes[random.nextInt(Frame.HEAD_BYTES)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void is_answered_like_any_other_malformed_request_when_it_is_switched_off() throws IOException {
        try (var without = new EdgeServer(8, 1 << 20, false);
                var socket = without.connect(Http2Connection.PREFACE)) {
            assertThat(EdgeServer.rest(socket)).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void takes_a_preface_byte_by_byte_and_http_1_that_begins_like_one() throws IOException {
        var client = new H2Client(server.connect(), false);
        clients.add(client);
        for (byte each : Http2Connection.PREFACE.getBytes(StandardCharsets.US_ASCII)) {
            client.raw(new byte[] {each});
        }
        client.send(new Frame(Frame.SETTINGS, 0, 0, NOTHING));
        assertThat(client.answer(client.get("/live")).text()).isEqualTo("served!");

        try (var socket = server.connect("PRI")) {
            EdgeServer.send(socket, "NT /live HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(EdgeServer.until(socket, "\r\n\r\n")).startsWith("HTTP/1.1 404");
        }
    }
}
