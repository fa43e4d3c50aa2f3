package dev.octosts.probers;

import java.util.concurrent.atomic.AtomicInteger;

/** The number of HTTP calls that may still be made; failed tries count too. */
public final class CallBudget {

    private final int size;
    private final AtomicInteger left;

    public CallBudget(int size) {
        this.size = size;
        this.left = new AtomicInteger(size);
    }

    static CallBudget unlimited() {
        return new CallBudget(Integer.MAX_VALUE);
    }

    public int left() {
        return left.get();
    }

    /** The number of calls that were made. */
    public int made() {
        return size - left.get();
    }

    boolean take() {
        if (size == Integer.MAX_VALUE) {
            return true;
        }
        return left.getAndUpdate(now -> Math.max(0, now - 1)) > 0;
    }
}
