package dev.octosts.exchange.issuer;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Limits how many issuers are called at a time. Proven issuers have seats of their own, and so have strangers whose
 * keys are at hand; one site of strangers has only a few, because issuers that hang keep their seats for seconds.
 */
final class LoadSeats {
    private static final int SEATS = 64;
    private static final int STRANGERS_OF_ONE_SITE = 8;

    private final Map<Group, Semaphore> seats = Map.of(
            Group.PROVEN, new Semaphore(SEATS),
            Group.IN_USE, new Semaphore(SEATS),
            Group.NEW, new Semaphore(SEATS));
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    /** The group that a seat belongs to. */
    enum Group {
        PROVEN,
        /** A stranger whose keys are at hand. */
        IN_USE,
        NEW
    }

    /** A seat that is taken until it is closed. */
    interface Seat extends AutoCloseable {
        @Override
        void close();
    }

    /** A seat for a load; empty when there is no free one. */
    Optional<Seat> take(String issuer, Group group) {
        Semaphore seat = Objects.requireNonNull(seats.get(group));
        if (group == Group.PROVEN) {
            return seat.tryAcquire() ? Optional.of(seat::release) : Optional.empty();
        }
        String site = group + " " + Sites.of(issuer);
        // Looked at first, because a change of the map locks a part of it, and under an attack there is seldom a seat.
        if (taken.getOrDefault(site, 0) >= STRANGERS_OF_ONE_SITE || seat.availablePermits() == 0) {
            return Optional.empty();
        }
        int ofSite = taken.merge(site, 1, Integer::sum);
        if (ofSite > STRANGERS_OF_ONE_SITE || !seat.tryAcquire()) {
            leave(site);
            return Optional.empty();
        }
        return Optional.of(() -> {
            seat.release();
            leave(site);
        });
    }

    private void leave(String site) {
        taken.computeIfPresent(site, (_, count) -> count == 1 ? null : count - 1);
    }
}
