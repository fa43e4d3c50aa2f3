package dev.octosts.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.edge.http2.Frame;
import dev.octosts.app.edge.http2.Http2Error;
import dev.octosts.sandbox.Await;
import java.io.IOException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Callers who flood a connection, or send what is no HTTP/2 at all. */
class Http2FloodsTest extends Http2WireTest {

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
                Arguments.of("requests that we have to reset", (Flood) (client, _) ->
                        client.send(H2Client.headers(client.open(), H2Client.request("GET", "/", "te", "gzip"), true))),
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
                Arguments.of(
                        "priorities", (Flood) (client, _) -> client.send(new Frame(Frame.PRIORITY, 0, 1, new byte[5]))),
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
}
