package dev.octosts.exchange.bearer;

import dev.octosts.api.budget.BusyException;
import dev.octosts.api.budget.MemoryBudget;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory of callers who wait: for an issuer's documents or for a signature check. Strangers have half of it at most,
 * those of one site a quarter.
 */
final class WaitingRoom {
    /**
     * What a caller holds beside its token: request and response, their buffers, a thread that is parked. Measured in the
     * whole program, against connections that are idle: 24 to 31 KB with a token of 1 KB, 38 KB with one of 11 KB.
     */
    private static final int ROOM_OF_A_CALLER = 28 * 1024;
    /** As header value, and as text of its own. */
    private static final int COPIES_OF_A_TOKEN = 2;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final MemoryBudget memory;
    private final AtomicLong strangers = new AtomicLong();
    private final Map<String, Long> bySite = new ConcurrentHashMap<>();

    WaitingRoom(MemoryBudget memory) {
        this.memory = memory;
    }

    /** Room that is held until it is closed. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Takes room for one caller.
     *
     * @param length of the token's text
     * @throws BusyException when there is none
     */
    Place enter(String issuer, boolean proven, int length) throws BusyException {
        long bytes = ROOM_OF_A_CALLER + (long) COPIES_OF_A_TOKEN * length;
        if (proven) {
            return held(bytes)::close;
        }
        String site = Sites.of(issuer);
        Place ofStrangers = share(site, bytes);
        try {
            MemoryBudget.Hold hold = held(bytes);
            return () -> {
                hold.close();
                ofStrangers.close();
            };
        } catch (BusyException full) {
            ofStrangers.close();
            throw full;
        }
    }

    private MemoryBudget.Hold held(long bytes) throws BusyException {
        return memory.hold(bytes, null).orElseThrow(WaitingRoom::full);
    }

    private Place share(String site, long bytes) throws BusyException {
        Place share = () -> {
            strangers.addAndGet(-bytes);
            bySite.computeIfPresent(site, (_, held) -> held == bytes ? null : held - bytes);
        };
        boolean room = strangers.addAndGet(bytes) <= memory.limit() / 2;
        room &= bySite.merge(site, bytes, Long::sum) <= memory.limit() / 4;
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
