package dev.octosts.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.grpc.ExchangeCall;
import dev.octosts.api.grpc.MessageFrames;
import dev.octosts.sandbox.Await;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls over gRPC that are refused before anybody works on them. */
class GrpcRefusalsTest extends GrpcTest {

    private static final String REFRESH = "/chainguard.platform.oidc.SecurityTokenService/ExchangeRefreshToken";

    GrpcRefusalsTest() throws IOException {}

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
}
