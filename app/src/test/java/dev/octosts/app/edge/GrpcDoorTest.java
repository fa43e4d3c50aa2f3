package dev.octosts.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.ExchangeResult;
import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.api.grpc.ExchangeCall;
import dev.octosts.api.grpc.GrpcFault;
import dev.octosts.api.grpc.MessageFrames;
import dev.octosts.api.grpc.RawToken;
import dev.octosts.app.edge.http2.Frame;
import dev.octosts.app.edge.http2.Http2Error;
import dev.octosts.sandbox.Await;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** gRPC on the wire. */
class GrpcDoorTest {

    private static final String EXCHANGE = "/chainguard.platform.oidc.SecurityTokenService/Exchange";
    private static final String REFRESH = "/chainguard.platform.oidc.SecurityTokenService/ExchangeRefreshToken";
    private static final String CHECK = "/grpc.health.v1.Health/Check";
    private static final String LIST = "/grpc.health.v1.Health/List";
    private static final String WATCH = "/grpc.health.v1.Health/Watch";
    private static final byte[] CALL = MessageFrames.frame(new ExchangeCall("o/r", "ci").toBytes());
    private static final byte[] EMPTY = MessageFrames.frame(new byte[0]);
    private static final HexFormat HEX = HexFormat.of();

    private final EdgeServer server = new EdgeServer(64, 1 << 20);
    private final H2Client client;

    GrpcDoorTest() throws IOException {
        client = server.http2();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void answers_an_exchange_with_the_token_its_expiry_and_the_id_of_the_request() throws IOException, GrpcFault {
        var answer =
                client.answer(client.call(EXCHANGE, CALL, "authorization", "Bearer a.b.c", "x-request-id", "my-id"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/grpc");
        assertThat(answer.header("x-request-id")).isEqualTo("my-id");
        assertThat(answer.grpc()).isEqualTo("0 ");
        assertThat(RawToken.parse(MessageFrames.single(answer.body.toByteArray())))
                .isEqualTo(new RawToken("ghs_ci", Optional.of(Instant.parse("2026-11-29T13:00:00Z"))));
        assertThat(answer.types).containsExactly(Frame.HEADERS, Frame.DATA, Frame.HEADERS);
    }

    @Test
    void makes_up_an_id_for_a_call_without_one() throws IOException {
        assertThat(client.answer(client.call(EXCHANGE, CALL)).header("x-request-id"))
                .matches("[0-9a-f]{32}");
    }

    @Test
    void passes_on_each_refusal_with_its_code_and_its_message() throws IOException {
        for (ProblemCode code : ProblemCode.values()) {
            server.exchange =
                    _ -> new ExchangeResult.Refused(new Problem(code, "100 % für " + code, Duration.ofMillis(1_500)));

            var answer = client.answer(client.call(EXCHANGE, CALL));

            assertThat(answer.grpc()).isEqualTo(code.number() + " 100 % für " + code);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("retry-after")).isEqualTo("2");
            assertThat(answer.types).containsExactly(Frame.HEADERS);
        }
    }

    @Test
    void tells_a_caller_nothing_of_a_fault_of_this_service() throws IOException {
        server.exchange = _ -> {
            throw new IllegalStateException("secret");
        };

        assertThat(client.answer(client.call(EXCHANGE, CALL)).grpc()).isEqualTo("13 internal error");
    }

    private static Arguments row(String what, String path, byte[] body, String expected) {
        return Arguments.of(what, path, body, expected);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                row("no refresh tokens", REFRESH, EMPTY, "12 octo-sts does not support refresh tokens"),
                row(
                        "an unknown method",
                        "/chainguard.platform.oidc.SecurityTokenService/Mint",
                        EMPTY,
                        "12 unknown method Mint for service chainguard.platform.oidc.SecurityTokenService"),
                row("an unknown service", "/a.B/C", EMPTY, "12 unknown service a.B"),
                row(
                        "no reflection",
                        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
                        EMPTY,
                        "12 unknown service grpc.reflection.v1.ServerReflection"),
                row("a path of one part", "/Exchange", EMPTY, "12 the path is not /SERVICE/METHOD"),
                row("no message", EXCHANGE, new byte[0], "12 the call has no message; send exactly one"),
                row(
                        "two messages",
                        EXCHANGE,
                        HEX.parseHex("00000000000000000000"),
                        "12 the call has several messages; send exactly one"),
                row("half a message", EXCHANGE, HEX.parseHex("000000000512"), "13 the message ends early"),
                row(
                        "a compressed message",
                        EXCHANGE,
                        HEX.parseHex("01000000021f8b"),
                        "12 compressed messages are not accepted; send the message as it is, with grpc-encoding: identity"),
                row(
                        "garbage",
                        EXCHANGE,
                        MessageFrames.frame(HEX.parseHex("12ff")),
                        "13 the message is not protobuf of this method"),
                row(
                        "several scopes",
                        EXCHANGE,
                        MessageFrames.frame(new ExchangeCall("", List.of("a", "b"), "ci").toBytes()),
                        "3 multiple scopes not supported"),
                row(
                        "health of an unknown service",
                        CHECK,
                        MessageFrames.frame(HEX.parseHex("0a0161")),
                        "5 unknown service"),
                row(
                        "an unknown method of health",
                        "/grpc.health.v1.Health/Cure",
                        EMPTY,
                        "12 unknown method Cure for service grpc.health.v1.Health"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refuses(String what, String path, byte[] body, String expected) throws IOException {
        var answer = client.answer(client.call(path, body));

        assertThat(answer.grpc()).as(what).isEqualTo(expected);
        assertThat(answer.header("grpc-accept-encoding")).isEqualTo("identity");
        assertThat(client.answer(client.call(EXCHANGE, CALL)).grpc()).isEqualTo("0 ");
    }

    @ParameterizedTest
    @CsvSource({
        "0000010001,8 received message larger than max (65537 vs. 65536)",
        "007fffffff,8 received message larger than max (2147483647 vs. 65536)",
        "00ffffffff,8 received message larger than max (4294967295 vs. 65536)"
    })
    void refuses_a_large_message_by_its_length_before_it_has_come(String begin, String expected) throws IOException {
        int stream = client.open();
        client.send(
                H2Client.headers(stream, H2Client.request("POST", EXCHANGE, "content-type", "application/grpc"), false),
                H2Client.data(stream, HEX.parseHex(begin), false));

        var answer = client.answer(stream);

        assertThat(answer.grpc()).isEqualTo(expected);
        Await.until("no memory is held", () -> server.memory.used() == 0);
        assertThat(client.answer(client.call(EXCHANGE, CALL)).grpc()).isEqualTo("0 ");
    }

    @Test
    void takes_a_message_of_the_maximum_and_metadata_of_16_kilobytes() throws IOException {
        server.exchange = _ -> new ExchangeResult.Refused(new Problem(ProblemCode.NOT_FOUND, "whole"));
        var identity = "i".repeat(MessageFrames.MAXIMUM_BYTES - 10);
        var message = new ExchangeCall("o/r", identity).toBytes();
        int stream = client.open();
        byte[] block = H2Client.request(
                "POST",
                EXCHANGE,
                "content-type",
                "application/grpc+proto",
                "authorization",
                "Bearer " + "t".repeat(14_000));
        client.send(H2Client.headers(stream, block, false));
        byte[] body = MessageFrames.frame(message);
        for (int from = 0; from < body.length; from += 16_000) {
            int to = Math.min(body.length, from + 16_000);
            client.send(H2Client.data(stream, Arrays.copyOfRange(body, from, to), to == body.length));
        }

        assertThat(message.length).isLessThanOrEqualTo(MessageFrames.MAXIMUM_BYTES);
        assertThat(client.answer(stream).grpc()).isEqualTo("5 whole");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json,415",
        "application/grpc-web,415",
        "application/grpc-web+proto,415",
        "application/grpc+json,415",
        "'',415",
        "application/grpc+proto,200",
        "application/grpc;charset=utf-8,200",
        "Application/gRPC,200"
    })
    void looks_at_the_content_type(String type, int status) throws IOException {
        int stream = client.open();
        client.send(
                H2Client.headers(stream, H2Client.request("POST", EXCHANGE, "content-type", type), false),
                H2Client.data(stream, CALL, true));

        assertThat(client.answer(stream).status()).isEqualTo(status);
    }

    @Test
    void takes_calls_by_post_alone() throws IOException {
        var answer = client.answer(client.get(EXCHANGE, "content-type", "application/grpc"));

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("allow")).isEqualTo("POST");
    }

    @Test
    void is_not_there_for_http_1() throws IOException {
        assertThat(server.ask("POST " + EXCHANGE
                        + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/grpc\r\nContent-Length: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 404");
    }

    @Test
    void ends_a_call_whose_time_is_up_while_it_is_worked_on() throws IOException {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        server.exchange = _ -> {
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return new ExchangeResult.Refused(new Problem(ProblemCode.NOT_FOUND, "too late"));
        };

        int stream = client.call(EXCHANGE, CALL, "grpc-timeout", "300m");
        var answer = client.answer(stream);

        assertThat(begun.getCount()).isZero();
        assertThat(answer.grpc()).isEqualTo("4 context deadline exceeded");
        assertThat(server.connections.requests()).as("it is still worked on").isEqualTo(1);
        end.countDown();
        Await.until("the work is over", () -> server.connections.requests() == 0);
        assertThat(client.answer(client.get("/live")).text()).isEqualTo("served!");
    }

    @Test
    void does_not_begin_a_call_whose_time_is_up() throws IOException {
        var calls = new AtomicInteger();
        server.exchange = _ -> {
            calls.incrementAndGet();
            return new ExchangeResult.Refused(new Problem(ProblemCode.NOT_FOUND, "too late"));
        };

        assertThat(client.answer(client.call(EXCHANGE, CALL, "grpc-timeout", "1n"))
                        .grpc())
                .isEqualTo("4 context deadline exceeded");
        assertThat(calls).hasValue(0);
        assertThat(client.answer(client.call(EXCHANGE, CALL, "grpc-timeout", "99999999H"))
                        .grpc())
                .isEqualTo("5 too late");
        assertThat(client.answer(client.call(EXCHANGE, CALL, "grpc-timeout", "soon"))
                        .grpc())
                .startsWith("13 malformed grpc-timeout");
    }

    @Test
    void says_what_readiness_says() throws IOException {
        assertThat(client.answer(client.call(CHECK, EMPTY)).messages()).containsExactly(HEX.parseHex("0801"));
        assertThat(client.answer(client.call(LIST, EMPTY)).messages()).containsExactly(HEX.parseHex("0a0412020801"));

        server.ready = false;

        assertThat(client.answer(client.call(CHECK, EMPTY)).messages()).containsExactly(HEX.parseHex("0802"));
    }

    @Test
    void tells_watchers_of_each_change_until_the_process_stops() throws IOException {
        int watch = client.call(WATCH, EMPTY);
        int unknown = client.call(WATCH, MessageFrames.frame(HEX.parseHex("0a0161")));
        assertThat(client.messages(watch, 1)).containsExactly(HEX.parseHex("0801"));
        assertThat(client.messages(unknown, 1)).containsExactly(HEX.parseHex("0803"));

        server.ready = false;
        assertThat(client.messages(watch, 2).getLast()).isEqualTo(HEX.parseHex("0802"));

        server.stopping = true;
        assertThat(client.answer(watch).grpc()).isEqualTo("14 the server is about to stop");
    }

    @Test
    void has_a_limit_for_watchers() throws IOException {
        client.messages(client.call(WATCH, EMPTY), 1);
        client.messages(client.call(WATCH, EMPTY), 1);

        assertThat(client.answer(client.call(WATCH, EMPTY)).grpc()).isEqualTo("8 too many watchers; use Check");
    }

    @Test
    void forgets_a_watcher_that_leaves() throws IOException {
        int watch = client.call(WATCH, EMPTY);
        client.messages(watch, 1);
        assertThat(server.connections.requests()).isEqualTo(1);

        client.send(new Frame(Frame.RST_STREAM, 0, watch, new byte[] {0, 0, 0, (byte) Http2Error.CANCEL.number()}));

        Await.until("it is forgotten", () -> server.connections.requests() == 0);
    }

    @Test
    void answers_many_calls_of_one_connection_at_a_time() throws IOException {
        var together = new CountDownLatch(20);
        server.exchange = _ -> {
            together.countDown();
            try {
                together.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return new ExchangeResult.Refused(new Problem(ProblemCode.NOT_FOUND, "none"));
        };
        var streams = Stream.generate(() -> 0).limit(20).map(_ -> called()).toList();

        assertThat(streams)
                .allSatisfy(stream -> assertThat(client.answer(stream).grpc()).isEqualTo("5 none"));
    }

    private int called() {
        try {
            return client.call(EXCHANGE, CALL);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
