package dev.octosts.app.edge;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Closes the connections whose request is late; they are few at any time, so one thread looks at all of them. */
final class Deadlines {

    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(500);

    private final ConcurrentMap<WatchedConnection, Long> since = new ConcurrentHashMap<>();
    private final long limit;

    private Deadlines(Duration limit) {
        this.limit = limit.toNanos();
    }

    static Deadlines start(Duration limit) {
        var deadlines = new Deadlines(limit);
        Thread.ofPlatform().daemon().name("late-requests").start(deadlines::watch);
        return deadlines;
    }

    void add(WatchedConnection connection) {
        since.put(connection, System.nanoTime());
    }

    void remove(WatchedConnection connection) {
        since.remove(connection);
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK_EVERY);
            long now = System.nanoTime();
            since.forEach((connection, begun) -> {
                if (now - begun > limit) {
                    since.remove(connection);
                    connection.close();
                }
            });
        }
    }
}
