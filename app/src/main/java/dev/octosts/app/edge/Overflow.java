package dev.octosts.app.edge;

import dev.octosts.api.RequestId;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A connection for which there is no place: its first request is answered with 503, whatever it asks for. */
final class Overflow implements ServerConnection, InterruptableTask<Void> {

    private static final byte[] BODY = EdgeErrors.body(14, "too many connections; try again later");

    private final ConnectionContext context;
    private final WatchedConnection connection;
    private final boolean answered;

    Overflow(ConnectionContext context, WatchedConnection connection, Connections connections) {
        this.context = context;
        this.connection = connection;
        this.answered = connections.admitRefused(connection);
    }

    @Override
    public void handle(Limit limit) {
        if (!answered) {
            return;
        }
        try {
            // To close a connection with unread bytes resets it, and its caller could lose the answer.
            if (context.serverSocket().get() != null) {
                context.dataWriter().writeNow(BufferData.create(answer()));
            }
        } catch (UncheckedIOException gone) {
            // A connection that is broken needs no answer.
        } finally {
            connection.end();
        }
    }

    private static byte[] answer() {
        var head =
                "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nContent-Length: " + BODY.length
                        + "\r\nRetry-After: 1\r\n" + RequestId.HEADER + ": "
                        + RequestId.generate().value() + "\r\nConnection: close\r\n\r\n";
        return (head + new String(BODY, StandardCharsets.US_ASCII)).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean canInterrupt() {
        return true;
    }

    @Override
    public Duration idleTime() {
        return Duration.ZERO;
    }

    @Override
    public void close(boolean interrupt) {
        context.serverSocket().close();
    }
}
