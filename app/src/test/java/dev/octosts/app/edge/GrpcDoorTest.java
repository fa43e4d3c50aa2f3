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
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** gRPC on the wire. */
class GrpcDoorTest extends GrpcTest {

    private static final String LIST = "/grpc.health.v1.Health/List";
    private static final String WATCH = "/grpc.health.v1.Health/Watch";

    GrpcDoorTest() throws IOException {}

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
