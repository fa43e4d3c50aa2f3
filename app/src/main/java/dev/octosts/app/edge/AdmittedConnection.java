package dev.octosts.app.edge;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http1.Http1Connection;
import io.helidon.webserver.spi.ServerConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the server that reports its end, so that its place becomes free. It speaks HTTP/1.1, or HTTP/2 when
 * its first bytes say so.
 */
final class AdmittedConnection implements ServerConnection, InterruptableTask<Void> {

    private static final byte[] PREFACE = Http2Connection.PREFACE.getBytes(StandardCharsets.US_ASCII);

    private final WatchedConnection watched;
    private final Http1Connection http1;
    private final Connections connections;
    private final boolean mayBeHttp2;
    private volatile @Nullable Thread waitsForFirstByte;
    private volatile @Nullable Http2Connection http2;

    /** @param mayBeHttp2 whether HTTP/2 is served as well */
    AdmittedConnection(WatchedConnection watched, Http1Connection http1, Connections connections, boolean mayBeHttp2) {
        this.watched = watched;
        this.http1 = http1;
        this.connections = connections;
        this.mayBeHttp2 = mayBeHttp2;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        try {
            if (mayBeHttp2 && beginsWithPreface()) {
                handleAsHttp2(limit);
            } else {
                http1.handle(limit);
            }
        } finally {
            watched.end();
        }
    }

    /** Waits for the first byte, and for no more than it takes to tell. What has come can be read again. */
    private boolean beginsWithPreface() {
        waitsForFirstByte = Thread.currentThread();
        try {
            return watched.dataReader().startsWith(PREFACE);
        } catch (DataReader.InsufficientDataAvailableException hungUp) {
            return false; // HTTP/1.1 finds the same
        } catch (RequestException refused) {
            throw new CloseConnectionException("half a preface has no answer", refused);
        } finally {
            waitsForFirstByte = null;
        }
    }

    private void handleAsHttp2(Limit limit) {
        DataReader reader = watched.dataReader();
        reader.skip(PREFACE.length);
        byte[] first = reader.available() > 0 ? reader.readBytes(reader.available()) : new byte[0];
        var connection = new Http2Connection(watched, watched.socket(), first, connections);
        if (connections.handOver(watched, connection)) {
            watched.end(); // what it holds, but not its place
            http2 = connection;
            connection.handle(limit);
        }
    }

    @Override
    public boolean canInterrupt() {
        var connection = http2;
        return connection == null ? waitsForFirstByte != null || http1.canInterrupt() : connection.canInterrupt();
    }

    @Override
    public Duration idleTime() {
        var connection = http2;
        return connection == null ? http1.idleTime() : connection.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
        var connection = http2;
        var waiting = waitsForFirstByte;
        if (connection != null) {
            connection.close(interrupt);
        } else if (waiting != null) {
            waiting.interrupt();
        } else {
            http1.close(interrupt);
        }
    }
}
