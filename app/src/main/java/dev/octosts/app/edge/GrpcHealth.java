package dev.octosts.app.edge;

import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.api.grpc.GrpcFault;
import dev.octosts.api.grpc.HealthMessages;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The service {@code grpc.health.v1.Health}. It says what readiness says, for the server as a whole; other names are
 * unknown, as in the reference.
 */
final class GrpcHealth {

    static final String WATCH = "Watch";

    private static final String CHECK = "Check";
    private static final String LIST = "List";
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final BooleanSupplier ready;
    private final BooleanSupplier stopping;
    private final Semaphore watchers;

    /**
     * The service.
     *
     * @param ready whether callers may come
     * @param stopping whether the process is about to stop
     * @param mostWatchers how many watches there may be at a time
     */
    GrpcHealth(BooleanSupplier ready, BooleanSupplier stopping, int mostWatchers) {
        this.ready = ready;
        this.stopping = stopping;
        this.watchers = new Semaphore(mostWatchers);
    }

    /** A caller that wants to hear of each change. */
    interface Watcher {

        /** Runs the watch, unless the call is over already. */
        void during(Runnable watch);

        /** Sends a message; false when the caller is gone. */
        boolean send(byte[] message);

        /** Whether the caller is gone. */
        boolean isGone();

        /** Ends the call. */
        void end(Problem problem);
    }

    /** Calls a method that has one answer. */
    byte[] call(String method, byte[] message) throws GrpcFault {
        return switch (method) {
            case CHECK -> {
                if (!HealthMessages.service(message).isEmpty()) {
                    throw new GrpcFault(ProblemCode.NOT_FOUND, "unknown service");
                }
                yield HealthMessages.status(status());
            }
            case LIST -> HealthMessages.list(status());
            default ->
                throw new GrpcFault(
                        ProblemCode.UNIMPLEMENTED, "unknown method " + method + " for service " + HealthMessages.NAME);
        };
    }

    /** Sends the state, and each further one, until the caller is gone or the process stops. */
    void watch(byte[] message, Watcher watcher) throws GrpcFault {
        boolean known = HealthMessages.service(message).isEmpty();
        if (!watchers.tryAcquire()) {
            throw new GrpcFault(ProblemCode.RESOURCE_EXHAUSTED, "too many watchers; use Check");
        }
        try {
            watcher.during(() -> follow(known, watcher));
        } finally {
            watchers.release();
        }
    }

    private void follow(boolean known, Watcher watcher) {
        HealthMessages.Status told = HealthMessages.Status.UNKNOWN;
        while (!watcher.isGone()) {
            var now = known ? status() : HealthMessages.Status.SERVICE_UNKNOWN;
            if (now != told && !watcher.send(HealthMessages.status(now))) {
                return;
            }
            told = now;
            if (stopping.getAsBoolean()) {
                watcher.end(new Problem(ProblemCode.UNAVAILABLE, "the server is about to stop"));
                return;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private HealthMessages.Status status() {
        return ready.getAsBoolean() ? HealthMessages.Status.SERVING : HealthMessages.Status.NOT_SERVING;
    }
}
