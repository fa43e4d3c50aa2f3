package dev.octosts.exchange.routing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.octosts.exchange.spi.AssignmentKey;
import dev.octosts.exchange.spi.AssignmentStore;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps routes in this process. When there are too many, the least used routes are removed. */
public final class MemoryAssignmentStore implements AssignmentStore {

    private static final int MAXIMUM_ROUTES = 100_000;

    private final Cache<AssignmentKey, Assignment> routes;

    /**
     * An empty store.
     *
     * @param ttl how long a route is valid after its last use
     * @param nanoTime a clock that is never set
     */
    public MemoryAssignmentStore(Duration ttl, LongSupplier nanoTime) {
        this.routes = Caffeine.newBuilder()
                .maximumSize(MAXIMUM_ROUTES)
                .expireAfterAccess(ttl)
                .ticker(nanoTime::getAsLong)
                .build();
    }

    @Override
    public Optional<Assignment> find(AssignmentKey key) {
        return Optional.ofNullable(routes.getIfPresent(key));
    }

    @Override
    public Assignment assign(AssignmentKey key, @Nullable Assignment replaced, Assignment wanted) {
        return routes.asMap().merge(key, wanted, (known, another) -> known.equals(replaced) ? another : known);
    }

    /** Takes over a route that another store has. */
    void note(AssignmentKey key, Assignment assignment) {
        routes.put(key, assignment);
    }
}
