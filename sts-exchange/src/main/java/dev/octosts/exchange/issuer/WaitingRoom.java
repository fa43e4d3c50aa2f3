package dev.octosts.exchange.issuer;

import dev.octosts.api.budget.BusyException;
import dev.octosts.api.budget.MemoryBudget;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the memory and the connections of callers who wait: for an issuer's documents, for a signature check, or for
 * GitHub. All strangers together have half of each at most, those of one site three eighths. One proven issuer has
 * half: any caller can write its name into a token.
 */
public final class WaitingRoom {
    /**
     * The bytes that a caller holds in addition to its token: request and response, their buffers, a parked thread.
     * Measured in the whole program, in comparison with idle connections: 24 to 31 KB with a token of 1 KB, 38 KB with
     * one of 11 KB.
     */
    private static final long ROOM_OF_A_CALLER = 28 * 1024L;
    /** As header value, and as text of its own. */
    private static final int COPIES_OF_A_TOKEN = 2;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final MemoryBudget memory;
    private final long roomOfACaller;
    private final AtomicLong strangers = new AtomicLong();
    /** By site for strangers, by issuer for proven ones; an issuer is never the name of a site. */
    private final Map<String, Long> shares = new ConcurrentHashMap<>();

    /** @param connections how many callers there may be, waiting or not */
    public WaitingRoom(MemoryBudget memory, int connections) {
        this.memory = memory;
        // When connections are scarcer than memory, a caller counts as its part of all connections.
        this.roomOfACaller = Math.max(ROOM_OF_A_CALLER, memory.limit() / connections);
    }

    /** Room that is held until it is closed. */
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Takes room for one caller.
     *
     * @param length of the token's text
     * @param more further bytes that are held
     * @throws BusyException when there is none
     */
    public Place enter(String issuer, boolean proven, int length, long more) throws BusyException {
        long bytes = roomOfACaller + (long) COPIES_OF_A_TOKEN * length + more;
        Place share = proven
                ? share(issuer, bytes, memory.limit() / 2, 0)
                : share(Sites.of(issuer), bytes, memory.limit() / 8 * 3, bytes);
        Optional<MemoryBudget.Hold> hold = memory.hold(bytes, null);
        if (hold.isEmpty()) {
            share.close();
            throw full();
        }
        return () -> {
            hold.get().close();
            share.close();
        };
    }

    private Place share(String holder, long bytes, long limit, long ofStrangers) throws BusyException {
        // Looked at first, because a change of the map locks a part of it, and under an attack there is seldom room.
        if (shares.getOrDefault(holder, 0L) + bytes > limit) {
            throw full();
        }
        Place share = () -> {
            strangers.addAndGet(-ofStrangers);
            shares.computeIfPresent(holder, (_, held) -> held == bytes ? null : held - bytes);
        };
        boolean room = strangers.addAndGet(ofStrangers) <= memory.limit() / 2 || ofStrangers == 0;
        room &= shares.merge(holder, bytes, Long::sum) <= limit;
        if (!room) {
            share.close();
            throw full();
        }
        return share;
    }

    private static BusyException full() {
        return new BusyException("too many callers wait for issuers", RETRY_AFTER);
    }
}
