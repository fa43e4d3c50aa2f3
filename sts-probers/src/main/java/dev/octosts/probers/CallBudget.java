package dev.octosts.probers;

import java.util.concurrent.atomic.AtomicInteger;

/** How many HTTP calls may still be made, tries that fail included. */
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

    /** How many were made. */
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
