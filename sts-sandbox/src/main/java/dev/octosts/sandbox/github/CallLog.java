package dev.octosts.sandbox.github;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** The calls that GitHub received, in order; the oldest are dropped when there are very many. */
public final class CallLog {
    private static final int REMEMBERED = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Call> calls = new ArrayDeque<>();
    private final Map<CallKind, LongAdder> received = new EnumMap<>(CallKind.class);

    CallLog() {
        for (var kind : CallKind.values()) {
            received.put(kind, new LongAdder());
        }
    }

    /** The number of calls of each kind since the start, dropped ones included. */
    public Map<CallKind, Long> received() {
        var counts = new EnumMap<CallKind, Long>(CallKind.class);
        received.forEach((kind, count) -> counts.put(kind, count.sum()));
        return counts;
    }

    void add(Call call) {
        Objects.requireNonNull(received.get(call.kind())).increment();
        locked(() -> {
            if (calls.size() == REMEMBERED) {
                calls.removeFirst();
            }
            calls.addLast(call);
            changed.signalAll();
        });
    }

    void answered(Call call, int status) {
        locked(() -> {
            call.answered(status);
            changed.signalAll();
        });
    }

    public List<Call> all() {
        return matching(Calls.any());
    }

    public List<Call> matching(Predicate<Call> condition) {
        lock.lock();
        try {
            return calls.stream().filter(condition).toList();
        } finally {
            lock.unlock();
        }
    }

    public List<Call> of(CallKind kind) {
        return matching(Calls.kind(kind));
    }

    public int count(Predicate<Call> condition) {
        return matching(condition).size();
    }

    public int count(CallKind kind) {
        return count(Calls.kind(kind));
    }

    public void clear() {
        locked(calls::clear);
    }

    /** Waits until a call satisfies the condition and returns the first that does. */
    public Call await(Predicate<Call> condition, Duration atMost) {
        return await(condition, 1, atMost).getFirst();
    }

    /**
     * Waits until that many calls satisfy the condition. The condition is checked again when a call arrives and when
     * one is answered.
     *
     * @throws AssertionError when the time is up
     */
    public List<Call> await(Predicate<Call> condition, int count, Duration atMost) {
        awaitUntil(() -> calls.stream().filter(condition).count() >= count, atMost);
        return matching(condition);
    }

    /**
     * Waits for something that changes with calls, such as {@link SandboxGitHub#liveTokens}.
     *
     * @throws AssertionError when the time is up
     */
    public void awaitUntil(BooleanSupplier condition, Duration atMost) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    throw new AssertionError("not within " + atMost + "; calls so far: " + calls);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a call", interrupted);
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
