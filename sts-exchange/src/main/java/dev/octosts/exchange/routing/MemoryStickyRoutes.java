package dev.octosts.exchange.routing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps routes in this process. The least used go when there are too many. */
public final class MemoryStickyRoutes implements StickyRoutes {

    private static final int MAXIMUM_ROUTES = 100_000;

    private final Cache<StickyKey, Assignment> routes;

    /**
     * Nothing kept yet.
     *
     * @param ttl how long a route lives after its last use
     * @param nanoTime a clock that is never set
     */
    public MemoryStickyRoutes(Duration ttl, LongSupplier nanoTime) {
        this.routes = Caffeine.newBuilder()
                .maximumSize(MAXIMUM_ROUTES)
                .expireAfterAccess(ttl)
                .ticker(nanoTime::getAsLong)
                .build();
    }

    @Override
    public Optional<Assignment> find(StickyKey key) {
        return Optional.ofNullable(routes.getIfPresent(key));
    }

    @Override
    public Assignment assign(StickyKey key, @Nullable Assignment replaced, Assignment wanted) {
        return routes.asMap().merge(key, wanted, (known, another) -> known.equals(replaced) ? another : known);
    }

    /** Takes over what is known from elsewhere. */
    void note(StickyKey key, Assignment assignment) {
        routes.put(key, assignment);
    }
}
