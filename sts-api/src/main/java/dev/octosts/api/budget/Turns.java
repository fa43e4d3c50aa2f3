package dev.octosts.api.budget;

import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many requests use the processors at a time; the other requests wait in line for their turn. The scheduler
 * of virtual threads has no such line. A carrier thread goes on with one of its queues for as long as there is
 * something in it, so that under an attack a thread that waits in another queue may wait for seconds. With turns its
 * queues are short.
 *
 * <p>There is a second line for work that can wait, such as pages: it is served when nobody is in the first one, and
 * else one time in four. So callers who ask for pages cannot make exchanges wait.
 *
 * <p>A turn ends before its thread waits for anything else, with {@link #giveWay}, and at the latest after a short
 * time: a thread that forgets to give way costs the others little.
 */
public final class Turns {

    private static final Duration LONGEST = Duration.ofMillis(20);

    /** After this many direct calls a carrier thread gets a chance to serve other queues than its own. */
    private static final int DIRECT_CALLS = 8;

    /** One time in so many the second line comes first. */
    private static final int SECOND_LINE = 4;

    private static final ThreadLocal<@Nullable Turn> CURRENT = new ThreadLocal<>();

    private final long longestNanos;
    private final AtomicReferenceArray<@Nullable Turn> taken;
    private final Deque<Turn> line = new ConcurrentLinkedDeque<>();
    private final Deque<Turn> secondLine = new ConcurrentLinkedDeque<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger picks = new AtomicInteger();

    /**
     * Calls the threads in line that no other thread calls. It is not a virtual thread: when a virtual thread calls
     * another thread, that one goes into the queue of the caller's carrier thread.
     */
    private final Thread caller;

    private final AtomicBoolean callerRests = new AtomicBoolean();

    /** @param atATime how many there are at a time: the number of processors, or else their queues grow */
    public Turns(int atATime) {
        this(atATime, LONGEST);
    }

    Turns(int atATime, Duration longest) {
        this.longestNanos = longest.toNanos();
        this.taken = new AtomicReferenceArray<>(atATime);
        this.caller = Thread.ofPlatform().daemon().name("turns").start(this::call);
    }

    /** A thread's turn, or its place in line. */
    private static final class Turn {
        private final Turns of;
        private final Deque<Turn> line;
        private final Thread thread;
        private volatile long since;
        private volatile int place = -1;

        private Turn(Turns of, Deque<Turn> line, Thread thread) {
            this.of = of;
            this.line = line;
            this.thread = thread;
        }

        private void callTo(int chosen) {
            place = chosen;
            LockSupport.unpark(thread);
        }
    }

    /** Waits until it is the current thread's turn. */
    public void take() {
        take(line);
    }

    /** Makes the current thread, if it has a turn, wait in the second line for another one. */
    public static void letOthersGoFirst() {
        Turn turn = CURRENT.get();
        if (turn != null) {
            turn.of.take(turn.of.secondLine);
        }
    }

    private void take(Deque<Turn> mine) {
        giveWay();
        var turn = new Turn(this, mine, Thread.currentThread());
        if (!line.isEmpty() || !mine.isEmpty() || !begin(turn)) {
            mine.add(turn);
            if (isAnyFree()) {
                LockSupport.unpark(caller);
            } else {
                wakeCaller();
            }
            awaitCall(turn);
        }
        CURRENT.set(turn);
    }

    private void awaitCall(Turn turn) {
        boolean interrupted = false;
        while (turn.place < 0) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the current thread's turn, if it has one. */
    public static void giveWay() {
        Turn turn = CURRENT.get();
        if (turn != null) {
            CURRENT.set(null); // not removed: the thread's next turn takes the same place in its map
            turn.of.end(turn);
        }
    }

    private boolean begin(Turn turn) {
        for (int place = 0; place < taken.length(); place++) {
            if (taken.get(place) == null) {
                turn.since = System.nanoTime();
                if (taken.compareAndSet(place, null, turn)) {
                    if (turn.thread == Thread.currentThread()) {
                        turn.place = place; // it does not wait: to unpark it would only cut its next wait short
                    } else {
                        turn.callTo(place);
                    }
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isAnyFree() {
        for (int place = 0; place < taken.length(); place++) {
            if (taken.get(place) == null) {
                return true;
            }
        }
        return false;
    }

    private void end(Turn turn) {
        Turn next = calls.incrementAndGet() % DIRECT_CALLS == 0 ? null : next();
        if (next == null) {
            if (taken.compareAndSet(turn.place, turn, null) && isAnyInLine()) {
                LockSupport.unpark(caller);
            }
            return;
        }
        next.since = System.nanoTime();
        if (taken.compareAndSet(turn.place, turn, next)) {
            next.callTo(turn.place);
        } else { // this turn was over already
            next.line.addFirst(next);
            LockSupport.unpark(caller);
        }
    }

    private @Nullable Turn next() {
        boolean second = !secondLine.isEmpty() && picks.incrementAndGet() % SECOND_LINE == 0;
        Turn next = (second ? secondLine : line).poll();
        return next != null ? next : (second ? line : secondLine).poll();
    }

    private boolean isAnyInLine() {
        return !line.isEmpty() || !secondLine.isEmpty();
    }

    /** It has to see to it that the turns before this one end in time. */
    private void wakeCaller() {
        if (callerRests.get() && callerRests.compareAndSet(true, false)) {
            LockSupport.unpark(caller);
        }
    }

    private void call() {
        while (!Thread.currentThread().isInterrupted()) {
            if (!isAnyInLine()) {
                callerRests.set(true);
                if (!isAnyInLine()) {
                    LockSupport.park(this);
                }
                callerRests.set(false);
            } else if (isAnyFree()) {
                Turn next = next();
                if (next != null && !begin(next)) {
                    next.line.addFirst(next);
                }
            } else {
                LockSupport.parkNanos(this, longestNanos);
                endLongest();
            }
        }
    }

    private void endLongest() {
        long now = System.nanoTime();
        for (int place = 0; place < taken.length(); place++) {
            Turn turn = taken.get(place);
            if (turn != null && now - turn.since > longestNanos) {
                taken.compareAndSet(place, turn, null);
            }
        }
    }
}
