package dev.octosts.sandbox.loss;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.octosts.sandbox.client.HttpAnswer;
import dev.octosts.sandbox.client.HttpCall;
import dev.octosts.sandbox.client.HttpConnection;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes exchanges at a steady rate, whether the earlier ones were answered or not, at each replica in turn. A caller
 * asks once: what it does not get is not tried again, so that each exchange is one line of the account.
 */
final class SteadyCallers implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int GRANTED = 200;
    private static final int UNAVAILABLE = 503;

    /** How one exchange ended, and when. The token itself is forgotten; its digest names it. */
    private record Ended(int status, String tokenSha256, String failure, long at) {}

    /** One replica, and the connections to it that are kept alive. */
    private record Replica(HttpCall call, Deque<HttpConnection> kept) {}

    /**
     * What all callers together were told.
     *
     * @param handedOut the digests of the tokens that callers have read in full
     * @param lost requests on connections that ended before an answer, and that were sent once more
     * @param failures how often there was each other answer, or none
     * @param recovered whether there were tokens again after the fault
     * @param longestOutage the longest time without a token for anybody
     */
    record Account(
            long exchanges,
            List<String> handedOut,
            long unavailable,
            long otherwise,
            long unanswered,
            long lost,
            Map<String, Long> failures,
            boolean recovered,
            Duration longestOutage) {}

    private final List<Replica> replicas;
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
    private final Phaser running = new Phaser(1);
    private final ExecutorService callers =
            Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());
    private final ScheduledExecutorService clock =
            Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());
    private final long begun = System.nanoTime();
    private final AtomicLong lost = new AtomicLong();
    private int next;

    private SteadyCallers(List<Replica> replicas) {
        this.replicas = replicas;
    }

    /**
     * Begins.
     *
     * @param exchange the request for a replica, with a token that it should exchange
     * @param rate exchanges a second
     */
    static SteadyCallers begin(List<URI> services, Function<URI, HttpCall> exchange, int rate) {
        var callers = new SteadyCallers(services.stream()
                .map(service -> new Replica(exchange.apply(service), new ConcurrentLinkedDeque<>()))
                .toList());
        long every = TimeUnit.SECONDS.toNanos(1) / rate;
        var _ = callers.clock.scheduleAtFixedRate(callers::send, every, every, TimeUnit.NANOSECONDS);
        return callers;
    }

    private void send() {
        var replica = replicas.get(next++ % replicas.size());
        running.register();
        callers.execute(() -> {
            try {
                ended.add(exchange(replica));
            } finally {
                running.arriveAndDeregister();
            }
        });
    }

    private Ended exchange(Replica replica) {
        try {
            var answer = answer(replica);
            return new Ended(answer.status(), digest(answer), failure(answer), System.nanoTime());
        } catch (IOException none) {
            return new Ended(0, "", String.valueOf(none), System.nanoTime());
        }
    }

    /** As HTTP clients do: a kept connection that the service closed meanwhile is replaced once (RFC 9110, 9.2.2). */
    private HttpAnswer answer(Replica replica) throws IOException {
        var kept = replica.kept().pollFirst();
        if (kept != null) {
            try {
                return answer(replica, kept);
            } catch (EOFException | SocketException closedMeanwhile) {
                lost.incrementAndGet();
            }
        }
        return answer(replica, HttpConnection.open(replica.call().address(), null, PATIENCE));
    }

    private static HttpAnswer answer(Replica replica, HttpConnection connection) throws IOException {
        try {
            var answer = connection.send(replica.call().bytes());
            replica.kept().addFirst(connection);
            return answer;
        } catch (IOException broken) {
            connection.abort();
            throw broken;
        }
    }

    private static String failure(HttpAnswer answer) {
        return answer.status() == GRANTED ? "" : answer.status() + " " + answer.message();
    }

    private static String digest(HttpAnswer answer) {
        return answer.status() == GRANTED ? sha256(answer.json().getString("token", "")) : "";
    }

    static String sha256(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is part of every JDK", impossible);
        }
    }

    /** How many tokens callers have so far. */
    long granted() {
        return ended.stream().filter(one -> one.status() == GRANTED).count();
    }

    /**
     * Begins no more exchanges, and waits for those that have begun.
     *
     * @param recovered whether there were tokens again after the fault
     */
    Account end(boolean recovered) throws InterruptedException {
        clock.shutdown();
        var _ = clock.awaitTermination(1, TimeUnit.SECONDS);
        long last = System.nanoTime();
        running.arriveAndAwaitAdvance();
        var all = List.copyOf(ended);
        return new Account(
                all.size(),
                all.stream()
                        .filter(one -> one.status() == GRANTED)
                        .map(Ended::tokenSha256)
                        .toList(),
                count(all, UNAVAILABLE),
                all.size() - count(all, GRANTED) - count(all, UNAVAILABLE) - count(all, 0),
                count(all, 0),
                lost.get(),
                all.stream()
                        .map(Ended::failure)
                        .filter(failure -> !failure.isEmpty())
                        .collect(Collectors.groupingBy(failure -> failure, TreeMap::new, Collectors.counting())),
                recovered,
                longestOutage(
                        begun,
                        all.stream()
                                .filter(one -> one.status() == GRANTED)
                                .map(Ended::at)
                                .toList(),
                        last));
    }

    private static long count(List<Ended> all, int status) {
        return all.stream().filter(one -> one.status() == status).count();
    }

    /** The longest time between two neighbours among the begin, the times and the end. */
    static Duration longestOutage(long begin, List<Long> times, long end) {
        var sorted = new ArrayList<Long>();
        sorted.add(begin);
        times.stream().filter(time -> time < end).sorted().forEach(sorted::add);
        sorted.add(end);
        long longest = 0;
        for (int i = 1; i < sorted.size(); i++) {
            longest = Math.max(longest, sorted.get(i) - sorted.get(i - 1));
        }
        return Duration.ofNanos(longest);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        callers.shutdownNow();
        for (var replica : replicas) {
            for (var connection : replica.kept()) {
                try {
                    connection.abort();
                } catch (IOException closedAlready) {
                    // That is what was wanted.
                }
            }
        }
    }
}
