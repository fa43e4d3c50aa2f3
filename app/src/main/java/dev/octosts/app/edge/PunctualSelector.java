package dev.octosts.app.edge;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Connection;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/** Counts each connection from its beginning, and gives Helidon's connection a context that watches its requests. */
final class PunctualSelector implements ServerConnectionSelector {

    private final ServerConnectionSelector http1;
    private final Connections connections;

    PunctualSelector(ServerConnectionSelector http1, Connections connections) {
        this.http1 = http1;
        this.connections = connections;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    /** Accepts everything: only an accepted connection answers a malformed request with 400. */
    @Override
    public Support supports(BufferData data) {
        return Support.SUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        var watched = new WatchedConnection(context, connections);
        if (!connections.admit(watched)) {
            return new Overflow(context, watched, connections);
        }
        if (http1.connection(watched) instanceof Http1Connection connection) {
            watched.serve(connection);
            return new Admitted(watched, connection);
        }
        throw new IllegalStateException("Helidon has another kind of connection");
    }
}
