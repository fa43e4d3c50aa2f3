package dev.octosts.app.edge;

import dev.octosts.api.budget.MemoryBudget;
import org.jspecify.annotations.Nullable;

/**
 * The share of one request in the memory for unfinished requests, and the size of its headers. A request that comes in
 * one read is not charged. It belongs to one thread.
 */
final class RequestMemory {

    /** The cost up to which a request is small: headers and a body of 64 KiB each, and their overhead. */
    private static final int SMALL = 160 * 1024;

    private static final int MAX_HEADERS = 65_536;
    private static final int MAX_HEADER_LINES = 256;

    /** The cost of a read in addition to its bytes: an array, a node of a list, a buffer. */
    private static final int COST_OF_A_READ = 100;

    /** The cost of a line in addition to its bytes: name, value and their places in maps. */
    private static final int COST_OF_A_HEADER = 200;

    private final MemoryBudget memory;
    private final MemoryBudget memoryOfLarge;
    private final Runnable close;
    private byte @Nullable [] firstRead;
    private int headerBytes;
    private int headerLines;
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

    /** Keeps the first read of a request: it is charged when the request needs another one. */
    void keepFirstRead(byte[] bytes) {
        firstRead = bytes;
        headerBytes = bytes.length;
    }

    /** Takes memory for the first read, if that was not done before; false when there is no room. */
    boolean takeFirstRead() {
        if (firstRead == null) {
            return true;
        }
        headerLines = lines(firstRead);
        if (!take(COST_OF_A_READ + firstRead.length + (long) headerLines * COST_OF_A_HEADER)) {
            return false;
        }
        firstRead = null;
        return true;
    }

    /** Takes memory for a further read of headers; false when there is no room. */
    boolean takeHeaders(byte[] bytes) {
        int lines = lines(bytes);
        headerBytes += bytes.length;
        headerLines += lines;
        return take(COST_OF_A_READ + bytes.length + (long) lines * COST_OF_A_HEADER);
    }

    /** Takes memory for a read of the body; false when there is no room. */
    boolean takeBody(byte[] bytes, boolean chunked) {
        // Helidon keeps a chunk until it is whole, in addition to what the reader of the body keeps.
        return take(COST_OF_A_READ + (chunked ? 2L : 1L) * bytes.length);
    }

    boolean hasTooManyHeaders() {
        return headerBytes > MAX_HEADERS || headerLines > MAX_HEADER_LINES;
    }

    private static int lines(byte[] bytes) {
        int lines = 0;
        for (byte character : bytes) {
            if (character == '\n') {
                lines++;
            }
        }
        return lines;
    }

    /** Takes memory; false when there is no room. */
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
        firstRead = null;
        headerBytes = 0;
        headerLines = 0;
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
