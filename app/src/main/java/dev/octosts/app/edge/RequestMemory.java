package dev.octosts.app.edge;

import dev.octosts.api.budget.MemoryBudget;
import org.jspecify.annotations.Nullable;

/** The share of one request in the memory for unfinished requests. It belongs to one thread. */
final class RequestMemory {

    /** The cost up to which a request is small: headers and a body of 64 KiB each, and their overhead. */
    private static final int SMALL = 160 * 1024;

    private final MemoryBudget memory;
    private final MemoryBudget memoryOfLarge;
    private final Runnable close;
    private long taken;
    private MemoryBudget.@Nullable Hold hold;
    private MemoryBudget.@Nullable Hold holdOfLarge;

    /**
     * A request that holds no memory yet.
     *
     * @param close closes the request when others need its room
     */
    RequestMemory(MemoryBudget memory, MemoryBudget memoryOfLarge, Runnable close) {
        this.memory = memory;
        this.memoryOfLarge = memoryOfLarge;
        this.close = close;
    }

    /** Takes more memory; false when there is no room. */
    boolean take(long bytes) {
        taken += bytes;
        // The budget of large requests comes first: a request that is refused there takes nothing from the small ones.
        return takeAsLargeOne(bytes) && takeAsAny(bytes);
    }

    private boolean takeAsAny(long bytes) {
        if (hold != null) {
            return hold.grow(bytes);
        }
        hold = memory.hold(bytes, close).orElse(null);
        return hold != null;
    }

    private boolean takeAsLargeOne(long bytes) {
        if (taken <= SMALL) {
            return true;
        }
        if (holdOfLarge != null) {
            return holdOfLarge.grow(bytes);
        }
        // All memory of the request, and not only the part that comes from now on.
        holdOfLarge = memoryOfLarge.hold(taken, close).orElse(null);
        return holdOfLarge != null;
    }

    /** The request is being handled: it is not closed for others. */
    void settle() {
        if (hold != null) {
            hold.settle();
        }
        if (holdOfLarge != null) {
            holdOfLarge.settle();
        }
    }

    /** The request waits for its caller again. */
    void unsettle() {
        if (hold != null) {
            hold.unsettle();
        }
        if (holdOfLarge != null) {
            holdOfLarge.unsettle();
        }
    }

    /** Gives everything back. */
    void release() {
        taken = 0;
        if (hold != null) {
            hold.close();
            hold = null;
        }
        if (holdOfLarge != null) {
            holdOfLarge.close();
            holdOfLarge = null;
        }
    }
}
