package dev.octosts.api.budget;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Turns on the processors: a few requests are worked on at a time, and the others wait in line. The scheduler of virtual
 * threads has no such line. A carrier thread goes on with one of its queues for as long as there is something in it, so
 * that under an attack a thread that waits in another queue may wait for seconds. With turns its queues are short.
 *
 * <p>A turn ends before its thread waits for anything else, with {@link #giveWay}, and at the latest after a short time:
 * a thread that forgets to give way costs the others little.
 */
public final class Turns {

    private static final long LONGEST_NANOS = Duration.ofMillis(20).toNanos();
    private static final ThreadLocal<Turn> CURRENT = new ThreadLocal<>();

    private final AtomicReferenceArray<@Nullable Turn> taken;
    private final Queue<Turn> line = new ConcurrentLinkedQueue<>();

    /** Calls those in line. Not one of the virtual threads: what they call goes into the queue of their own carrier. */
    private final Thread caller;

    /** @param atATime how many there are at a time: the number of processors, or else their queues grow */
    public Turns(int atATime) {
        this.taken = new AtomicReferenceArray<>(atATime);
        this.caller = Thread.ofPlatform().daemon().name("turns").start(this::call);
    }

    /** A thread's turn, or its place in line. */
    private static final class Turn {
        private final Turns of;
        private final Thread thread;
        private volatile long since;
        private volatile int place = -1;

        private Turn(Turns of, Thread thread) {
            this.of = of;
            this.thread = thread;
        }
    }

    /** Waits until it is the current thread's turn. */
    public void take() {
        giveWay();
        var turn = new Turn(this, Thread.currentThread());
        if (!line.isEmpty() || !begin(turn)) {
            line.add(turn);
            LockSupport.unpark(caller);
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
            CURRENT.remove();
            turn.of.end(turn);
        }
    }

    private boolean begin(Turn turn) {
        for (int place = 0; place < taken.length(); place++) {
            if (taken.get(place) == null) {
                turn.since = System.nanoTime();
                if (taken.compareAndSet(place, null, turn)) {
                    turn.place = place;
                    return true;
                }
            }
        }
        return false;
    }

    private void end(Turn turn) {
        if (taken.compareAndSet(turn.place, turn, null) && !line.isEmpty()) {
            LockSupport.unpark(caller);
        }
    }

    private void call() {
        while (!Thread.currentThread().isInterrupted()) {
            Turn next = line.peek();
            if (next == null) {
                LockSupport.park(this);
            } else if (begin(next)) {
                line.remove();
                LockSupport.unpark(next.thread);
            } else {
                LockSupport.parkNanos(this, LONGEST_NANOS);
                endLongest();
            }
        }
    }

    private void endLongest() {
        long now = System.nanoTime();
        for (int place = 0; place < taken.length(); place++) {
            Turn turn = taken.get(place);
            if (turn != null && now - turn.since > LONGEST_NANOS) {
                taken.compareAndSet(place, turn, null);
            }
        }
    }
}
