package dev.octosts.sandbox.github;

import java.util.function.Predicate;

/**
 * A fault that waits for calls of a kind. It applies to all of them, unless {@link #times} and {@link #skip} say
 * otherwise.
 */
public final class PlannedFault {
    private final Predicate<Call> when;
    private final Fault fault;
    private int left = Integer.MAX_VALUE;
    private int skip;
    private int hits;

    PlannedFault(Predicate<Call> when, Fault fault) {
        this.when = when;
        this.fault = fault;
    }

    /** Applies that many times and then no more. */
    public synchronized PlannedFault times(int count) {
        left = count;
        return this;
    }

    /** Lets that many calls through first. */
    public synchronized PlannedFault skip(int count) {
        skip = count;
        return this;
    }

    /** The number of times that the fault applied. */
    public synchronized int hits() {
        return hits;
    }

    synchronized boolean strikes(Call call) {
        if (left == 0 || !when.test(call)) {
            return false;
        }
        if (skip > 0) {
            skip--;
            return false;
        }
        left--;
        hits++;
        return true;
    }

    Fault fault() {
        return fault;
    }
}
