package dev.octosts.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.edge.http2.Frame;
import dev.octosts.app.edge.http2.Http2Error;
import dev.octosts.sandbox.Await;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Tests of HTTP/2 on the wire: a server of their own, and what has to hold at their end. */
abstract class Http2WireTest {

    static final byte[] NOTHING = {};

    final EdgeServer server = new EdgeServer(128, 1 << 20);
    private final List<H2Client> clients = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (H2Client client : clients) {
            client.close();
        }
        server.close();
    }

    H2Client client() throws IOException {
        return client(server.http2());
    }

    /** A client that is closed in the end. */
    H2Client client(H2Client client) {
        clients.add(client);
        return client;
    }

    static byte[] number(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    static Frame reset(int stream) {
        return new Frame(Frame.RST_STREAM, 0, stream, number(Http2Error.CANCEL.number()));
    }

    final void assertServesOthers() throws IOException {
        assertThat(server.live()).startsWith("HTTP/1.1 200");
        try (var other = server.http2()) {
            assertThat(other.answer(other.get("/live")).text()).isEqualTo("served!");
        }
    }

    final void assertHoldsNothing() {
        Await.until("all requests are over", () -> server.connections.requests() == 0);
        Await.until("no memory is held", () -> server.memory.used() == 0);
    }

    void stopClients() throws IOException {
        for (H2Client client : clients) {
            client.close();
        }
    }
}
