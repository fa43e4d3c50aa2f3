package dev.octosts.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.edge.http2.Frame;
import dev.octosts.app.edge.http2.Http2Error;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a caller gets who breaks a rule of HTTP/2: the end of the connection, or of the request. */
class Http2RulesTest extends Http2WireTest {

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
                row(
                        "a short reset",
                        size,
                        H2Client.headers(1, get, true),
                        new Frame(Frame.RST_STREAM, 0, 1, new byte[3])),
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
                row(
                        "a window that grows too large",
                        flow,
                        new Frame(Frame.WINDOW_UPDATE, 0, 0, number(Integer.MAX_VALUE))),
                row("a window of no stream", protocol, new Frame(Frame.WINDOW_UPDATE, 0, 5, number(1))),
                row("more padding than frame", protocol, new Frame(Frame.HEADERS, 0x0D, 1, new byte[] {9, 1})),
                row("a stream that depends on itself", protocol, new Frame(Frame.PRIORITY, 0, 1, new byte[] {
                    0, 0, 0, 1, 0
                })),
                row("a short goodbye", protocol, new Frame(Frame.GOAWAY, 0, 0, new byte[3])),
                row("a header from an empty table", compression, H2Client.headers(1, new byte[] {(byte) 0xFE}, true)),
                row(
                        "a name of 2 GiB",
                        compression,
                        H2Client.headers(1, HexFormat.of().parseHex("007fffffffff07"), true)),
                row(
                        "a table of 1 GiB, then emptied, then garbage",
                        compression,
                        H2Client.headers(1, HexFormat.of().parseHex("3fe1ffffff03200fff"), true)),
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

        assertThat(client.answer(client.get("/live")).text())
                .as("another connection")
                .isEqualTo("served!");
        assertHoldsNothing();
    }

    static Stream<Arguments> endOfStream() {
        int protocol = Http2Error.PROTOCOL_ERROR.number();
        return Stream.of(
                row(
                        "no path",
                        protocol,
                        H2Client.headers(1, H2Client.block(":method", "GET", ":scheme", "http"), true)),
                row("no method", protocol, H2Client.headers(1, H2Client.block(":path", "/", ":scheme", "http"), true)),
                row("no scheme", protocol, H2Client.headers(1, H2Client.block(":path", "/", ":method", "GET"), true)),
                row("a target that is no path", protocol, H2Client.headers(1, H2Client.request("OPTIONS", "*"), true)),
                row(
                        "a tunnel",
                        protocol,
                        H2Client.headers(1, H2Client.block(":method", "CONNECT", ":authority", "x"), true)),
                row("two paths", protocol, H2Client.headers(1, H2Client.request("GET", "/", ":path", "/live"), true)),
                row("a status", protocol, H2Client.headers(1, H2Client.request("GET", "/", ":status", "200"), true)),
                row(
                        "a pseudo-header at the end",
                        protocol,
                        H2Client.headers(
                                1, H2Client.block("a", "b", ":method", "GET", ":scheme", "http", ":path", "/"), true)),
                row("a name in capitals", protocol, H2Client.headers(1, H2Client.request("GET", "/", "Aa", "b"), true)),
                row("an empty name", protocol, H2Client.headers(1, H2Client.request("GET", "/", "", "b"), true)),
                row(
                        "a name with a blank",
                        protocol,
                        H2Client.headers(1, H2Client.request("GET", "/", "a b", "c"), true)),
                row(
                        "a value of two lines",
                        protocol,
                        H2Client.headers(1, H2Client.request("GET", "/", "a", "b\r\nc"), true)),
                row(
                        "a header of one connection",
                        protocol,
                        H2Client.headers(1, H2Client.request("GET", "/", "connection", "close"), true)),
                row(
                        "chunks",
                        protocol,
                        H2Client.headers(1, H2Client.request("POST", "/body", "transfer-encoding", "chunked"), true)),
                row(
                        "other encodings of transfer",
                        protocol,
                        H2Client.headers(1, H2Client.request("GET", "/", "te", "gzip"), true)),
                row(
                        "a length that is none",
                        protocol,
                        H2Client.headers(1, H2Client.request("POST", "/body", "content-length", "-1"), true)),
                row(
                        "two lengths",
                        protocol,
                        H2Client.headers(
                                1,
                                H2Client.request("POST", "/body", "content-length", "0", "content-length", "0"),
                                true)),
                row(
                        "a body that is too short",
                        protocol,
                        H2Client.headers(1, H2Client.request("POST", "/body", "content-length", "3"), true)),
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

    @Test
    void is_answered_like_any_other_malformed_request_when_it_is_switched_off() throws IOException {
        try (var without = new EdgeServer(8, 1 << 20, false);
                var socket = without.connect(Http2Connection.PREFACE)) {
            assertThat(EdgeServer.rest(socket)).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void takes_a_preface_byte_by_byte_and_http_1_that_begins_like_one() throws IOException {
        var client = client(new H2Client(server.connect(), false));
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
