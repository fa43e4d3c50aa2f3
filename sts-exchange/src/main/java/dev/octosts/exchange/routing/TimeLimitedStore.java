package dev.octosts.exchange.routing;

import dev.octosts.exchange.spi.AssignmentKey;
import dev.octosts.exchange.spi.AssignmentStore;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.exchange.store.TimeLimit;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A store of routes that callers wait for within bounds. */
final class TimeLimitedStore implements AssignmentStore, AutoCloseable {

    /** How long the store is left alone after a failure. */
    static final Duration PAUSE = Duration.ofSeconds(5);

    private static final TimeLimit.Words WORDS =
            new TimeLimit.Words("sticky routes", "routes are picked without it, and may be others than before");

    private final AssignmentStore store;
    private final TimeLimit limit;

    /**
     * A store, waited for within bounds.
     *
     * @param patience how long a caller waits
     * @param nanoTime a clock that is never set
     */
    TimeLimitedStore(AssignmentStore store, Duration patience, LongSupplier nanoTime) {
        this.store = store;
        this.limit = new TimeLimit(WORDS, patience, PAUSE, nanoTime);
    }

    @Override
    public Optional<Assignment> find(AssignmentKey key) throws StoreException {
        return limit.within(() -> store.find(key));
    }

    @Override
    public Assignment assign(AssignmentKey key, @Nullable Assignment replaced, Assignment wanted)
            throws StoreException {
        return limit.within(() -> store.assign(key, replaced, wanted));
    }

    @Override
    public void close() {
        limit.close();
    }
}
