package dev.octosts.app.edge;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Connection;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Gives each connection of Helidon's selector a context that watches its requests' headers. */
final class PunctualSelector implements ServerConnectionSelector {

    private static final byte[] HTTP_2_PREFACE = "PRI *".getBytes(StandardCharsets.US_ASCII);

    private final ServerConnectionSelector http1;
    private final Deadlines deadlines;

    PunctualSelector(ServerConnectionSelector http1, Deadlines deadlines) {
        this.http1 = http1;
        this.deadlines = deadlines;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http1.bytesToIdentifyConnection();
    }

    /** Everything but HTTP/2 is taken: only a connection that was taken answers a malformed request with 400. */
    @Override
    public Support supports(BufferData data) {
        for (int index = 0; index < HTTP_2_PREFACE.length; index++) {
            if (data.available() <= index || data.get(index) != HTTP_2_PREFACE[index]) {
                return Support.SUPPORTED;
            }
        }
        return Support.UNSUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        var watched = new WatchedConnection(context, deadlines);
        var connection = http1.connection(watched);
        if (connection instanceof Http1Connection reading) {
            watched.watch(reading);
        }
        return connection;
    }
}
