package dev.octosts.sandbox.trial;

import dev.octosts.sandbox.client.HttpAnswer;
import dev.octosts.sandbox.client.HttpCall;
import dev.octosts.sandbox.client.HttpConnection;
import dev.octosts.sandbox.process.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A well-behaved tenant. It makes twenty exchanges a second, whether the earlier ones were answered or not: half of
 * them over connections that are kept alive, half over new ones. It asks {@code /health/live} once a second, over a new
 * connection.
 */
final class QuietTenant implements AutoCloseable {
    private static final long EXCHANGE_EVERY_MILLIS = 50;
    private static final long HEALTH_EVERY_MILLIS = 1_000;
    private static final long MEMORY_EVERY_MILLIS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI service;
    private final Duration patience;
    private final Supplier<byte[]> exchanges;
    private final Deque<HttpConnection> kept = new ConcurrentLinkedDeque<>();
    // Platform threads: those of the attack take turns on few carriers, and must not keep this caller waiting.
    private final ExecutorService callers =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());
    private final ScheduledExecutorService clock =
            Executors.newScheduledThreadPool(2, Thread.ofPlatform().daemon().factory());
    private volatile Sample current = new Sample();
    private boolean fresh;

    private QuietTenant(URI service, Supplier<byte[]> exchanges, Duration patience) {
        this.service = service;
        this.patience = patience;
        this.exchanges = exchanges;
    }

    /** @param exchanges makes a request with a token of its own, which the service should grant */
    static QuietTenant begin(URI service, ServerProcess process, Supplier<byte[]> exchanges) {
        return begin(service, process, exchanges, PATIENCE);
    }

    /** @param patience how long an answer may take before it counts as none */
    static QuietTenant begin(URI service, ServerProcess process, Supplier<byte[]> exchanges, Duration patience) {
        var tenant = new QuietTenant(service, exchanges, patience);
        tenant.every(EXCHANGE_EVERY_MILLIS, tenant::exchange);
        tenant.every(HEALTH_EVERY_MILLIS, tenant::health);
        tenant.every(MEMORY_EVERY_MILLIS, () -> tenant.current.memory(process.resident()));
        return tenant;
    }

    private void every(long millis, Runnable task) {
        var _ = clock.scheduleAtFixedRate(task, 0, millis, TimeUnit.MILLISECONDS);
    }

    /** Writes all further results into a new sample. */
    Sample next() {
        var sample = new Sample();
        current = sample;
        return sample;
    }

    /** Ends the current sample, and waits for the exchanges that began in it. */
    Sample end(Sample sample) throws InterruptedException {
        if (current == sample) {
            next();
        }
        return sample.complete(patience.multipliedBy(2).plusSeconds(1));
    }

    private void exchange() {
        long due = System.nanoTime();
        var sample = current;
        fresh = !fresh;
        boolean overNew = fresh;
        sample.begun();
        callers.execute(() -> {
            try {
                var request = exchanges.get();
                var answer = overNew ? overNew(request) : overKept(request);
                if (answer.status() == 200) {
                    sample.granted(System.nanoTime() - due);
                } else {
                    sample.failed(answer.status() + " " + answer.message());
                }
            } catch (IOException broken) {
                sample.failed((overNew ? "new connection: " : "kept connection: ") + broken);
            }
        });
    }

    private HttpAnswer overNew(byte[] request) throws IOException {
        try (var connection = HttpConnection.open(service, null, patience)) {
            return connection.send(request);
        }
    }

    /** As HTTP clients do: a kept connection that the service closed meanwhile is replaced once (RFC 9110, 9.2.2). */
    private HttpAnswer overKept(byte[] request) throws IOException {
        var old = kept.pollFirst();
        if (old != null) {
            try {
                var answer = old.send(request);
                kept.addFirst(old);
                return answer;
            } catch (IOException closedMeanwhile) {
                old.abort();
            }
        }
        var connection = HttpConnection.open(service, null, patience);
        var answer = connection.send(request);
        kept.addFirst(connection);
        return answer;
    }

    private void health() {
        long due = System.nanoTime();
        var sample = current;
        sample.begun();
        callers.execute(() -> {
            try {
                var answer = overNew(
                        HttpCall.get(service.resolve("/health/live"), "").bytes());
                if (answer.status() == 200) {
                    sample.alive(System.nanoTime() - due);
                } else {
                    sample.notAlive("status " + answer.status());
                }
            } catch (IOException broken) {
                sample.notAlive(broken.toString());
            }
        });
    }

    @Override
    public void close() {
        clock.shutdownNow();
        callers.shutdownNow();
        kept.forEach(connection -> {
            try {
                connection.abort();
            } catch (IOException closedAlready) {
                // That is what was wanted.
            }
        });
    }
}
