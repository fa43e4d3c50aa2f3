package dev.octosts.app.edge;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.http1.Http1Connection;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/** A connection of Helidon that reports its end, so that its place becomes free. */
final class Admitted implements ServerConnection, InterruptableTask<Void> {

    private final WatchedConnection watched;
    private final Http1Connection connection;

    Admitted(WatchedConnection watched, Http1Connection connection) {
        this.watched = watched;
        this.connection = connection;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        try {
            connection.handle(limit);
        } finally {
            watched.end();
        }
    }

    @Override
    public boolean canInterrupt() {
        return connection.canInterrupt();
    }

    @Override
    public Duration idleTime() {
        return connection.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
        connection.close(interrupt);
    }
}
