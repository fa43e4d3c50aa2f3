package dev.octosts.app.edge;

import dev.octosts.api.budget.MemoryBudget;
import dev.octosts.api.budget.Throttle;
import dev.octosts.api.budget.Turns;
import dev.octosts.app.edge.Progress.Phase;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * All connections of the server. Their number is bounded, and so is the memory that their unfinished requests hold.
 * When there is no place for a new connection, one that waits for its caller is closed. A connection whose caller is
 * too slow is closed as well: Helidon's own time-outs start again with every byte, so a few bytes a minute would hold a
 * connection for ever.
 */
public final class Connections {

    /**
     * How many connections there may be beyond the maximum for a moment: those that are being closed, and those that
     * are answered with 503.
     */
    public static final int SPARE = 64;

    private static final int TURNED_AWAY = SPARE / 2;
    private static final Duration TURNED_AWAY_WITHIN = Duration.ofSeconds(1);

    private static final Limit BODY = new Limit(Duration.ofSeconds(10), CutOff.LATE_BODY);

    /** The time that a caller may take for each phase of a request. */
    private static final Map<Phase, Limit> LIMITS = Map.of(
            Phase.HEADERS, new Limit(Duration.ofSeconds(10), CutOff.LATE_HEADERS),
            Phase.BODY, BODY,
            Phase.WRITING, new Limit(Duration.ofSeconds(30), CutOff.UNREAD_ANSWER));

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final long SLOW_AFTER = TimeUnit.MILLISECONDS.toNanos(100);

    /** The share of the memory of slow requests that large requests may use. */
    private static final double SHARE_OF_LARGE_REQUESTS = 2.0 / 3;

    private static final Duration BETWEEN_NOTICES = Duration.ofSeconds(10);

    private final int maximum;
    private final UnwantedBody.Pace paceOfUnwanted = new UnwantedBody.Pace();
    private final Turns turns = new Turns(Runtime.getRuntime().availableProcessors());
    private final MemoryBudget memory;
    private final MemoryBudget memoryOfLarge;
    private final CutOff.Listener listener;
    private final Throttle turnedAway;
    private final Set<Watched> all = ConcurrentHashMap.newKeySet();
    private final Set<Watched> refused = ConcurrentHashMap.newKeySet();
    private final AtomicInteger number = new AtomicInteger();

    /** Requests over HTTP/2; over HTTP/1.1 a connection has one at a time. */
    private final AtomicInteger requests = new AtomicInteger();

    private record Limit(Duration time, CutOff reason) {}

    /**
     * No connections yet.
     *
     * @param turnedAway is called when the edge turned away a request that may have been a delivery of GitHub
     */
    Connections(int maximum, MemoryBudget memory, CutOff.Listener listener, Runnable turnedAway) {
        this.maximum = maximum;
        this.memory = memory;
        this.memoryOfLarge = memory.part(SHARE_OF_LARGE_REQUESTS);
        this.listener = listener;
        this.turnedAway = new Throttle(BETWEEN_NOTICES, turnedAway);
        Thread.ofPlatform().daemon().name("slow-callers").start(this::watch);
    }

    /** The maximum number of connections. */
    public int maximum() {
        return maximum;
    }

    /** The present number of connections. */
    public int number() {
        return number.get();
    }

    /** Of the bodies whose requests were answered already. */
    UnwantedBody.Pace paceOfUnwanted() {
        return paceOfUnwanted;
    }

    Turns turns() {
        return turns;
    }

    MemoryBudget memory() {
        return memory;
    }

    MemoryBudget memoryOfLarge() {
        return memoryOfLarge;
    }

    /** Takes in a new connection, if there is room or room can be made. */
    boolean admit(Watched newcomer) {
        if (number.incrementAndGet() > maximum && !makeRoom()) {
            number.decrementAndGet();
            cutOff(CutOff.TOO_MANY);
            return false;
        }
        all.add(newcomer);
        return true;
    }

    /** Takes in a connection that will be answered with 503, unless there are too many of these as well. */
    boolean admitRefused(Watched newcomer) {
        return refused.size() < TURNED_AWAY && refused.add(newcomer);
    }

    /**
     * Goes on with a connection under another object.
     *
     * @return false when the connection was closed meanwhile
     */
    boolean handOver(Watched from, Watched to) {
        all.add(to);
        if (all.remove(from)) {
            return true;
        }
        all.remove(to);
        return false;
    }

    /**
     * Takes in a request of a connection that has several at a time; when there are too many in all, instead of the one
     * that waits for its caller for longest. False when none does.
     */
    boolean admitRequest() {
        if (requests.incrementAndGet() <= maximum || endSlowestRequest()) {
            return true;
        }
        requests.decrementAndGet();
        cutOff(CutOff.TOO_MANY);
        return false;
    }

    private boolean endSlowestRequest() {
        long now = System.nanoTime();
        Watched slowest = null;
        long longest = SLOW_AFTER;
        for (Watched connection : all) {
            long since = connection.slowestRequestSince();
            if (since != 0 && now - since > longest) {
                longest = now - since;
                slowest = connection;
            }
        }
        return slowest != null && slowest.endSlowestRequest();
    }

    /** Such a request is over. */
    void leaveRequest() {
        requests.decrementAndGet();
    }

    /** The present number of requests over connections that have several at a time. */
    int requests() {
        return requests.get();
    }

    /** Removes a connection that is closed, or will be at once. A second call changes nothing. */
    void leave(Watched connection) {
        if (all.remove(connection)) {
            number.decrementAndGet();
        }
        refused.remove(connection);
    }

    void cutOff(CutOff reason) {
        listener.cutOff(reason);
        switch (reason) {
            // Until the headers have come, the edge does not know whether the request is a delivery.
            case SLOWEST, TOO_MANY, NO_MEMORY -> turnedAway.call();
            case IDLE, LATE_HEADERS, LATE_BODY, UNREAD_ANSWER -> {}
        }
    }

    private boolean makeRoom() {
        Watched.Sight longest = longestWaiting();
        while (longest != null) {
            var reason = longest.phase() == Phase.IDLE ? CutOff.IDLE : CutOff.SLOWEST;
            if (longest.connection().close(longest.phase(), reason)) {
                return true;
            }
            longest = longestWaiting(); // its phase has just changed
        }
        return false;
    }

    /**
     * The connection that has been idle for longest, or else the slowest one; null when no connection waits for its
     * caller.
     */
    private Watched.@Nullable Sight longestWaiting() {
        long now = System.nanoTime();
        Watched.Sight longest = null;
        for (Watched connection : all) {
            var sight = connection.look();
            boolean waits = sight.phase() == Phase.IDLE
                    || (LIMITS.containsKey(sight.phase()) && now - sight.since() > SLOW_AFTER);
            if (waits && (longest == null || goesBefore(sight, longest))) {
                longest = sight;
            }
        }
        return longest;
    }

    private static boolean goesBefore(Watched.Sight one, Watched.Sight other) {
        boolean idle = one.phase() == Phase.IDLE;
        return idle == (other.phase() == Phase.IDLE) ? one.since() - other.since() < 0 : idle;
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            long now = System.nanoTime();
            long lateSince = now - BODY.time().toNanos();
            all.forEach(connection -> {
                connection.endLateRequests(lateSince);
                closeIfLate(connection, now);
            });
            refused.forEach(connection -> {
                if (now - connection.look().since() > TURNED_AWAY_WITHIN.toNanos()) {
                    connection.drop();
                }
            });
        }
    }

    private static void closeIfLate(Watched connection, long now) {
        var sight = connection.look();
        Limit limit = LIMITS.get(sight.phase());
        if (limit != null && now - sight.since() > limit.time().toNanos()) {
            connection.close(sight.phase(), limit.reason());
        }
    }
}
