package dev.octosts.exchange.bearer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.octosts.exchange.bearer.IssuerRules.Lifetimes;
import dev.octosts.exchange.bearer.KeyLookup.Available;
import dev.octosts.exchange.bearer.KeyLookup.Unavailable;
import dev.octosts.exchange.bearer.Verification.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of the issuers in use. Fresh keys cost no wait and no lock; keys in use are refreshed before they go stale;
 * through an outage the last known ones serve on.
 */
final class KeyCache {
    private static final Logger LOG = LoggerFactory.getLogger(KeyCache.class);
    private static final long MAX_WEIGHT = 16L * 1024 * 1024;
    private static final int MAX_CALLERS_WAITING = 2_000;
    private static final Duration PATIENCE = IssuerLoader.LOAD_TIME.plusSeconds(1);
    private static final Unavailable OVERLOADED = new Unavailable(
            Reason.PROVIDER_UNAVAILABLE, "too many issuers are being loaded, or this one takes too long");

    private final IssuerLoader loader;
    private final Lifetimes lifetimes;
    private final IssuerEvents events;
    private final Clock clock;
    private final FailingIssuers failing;
    private final Flights<KeyLookup> flights = new Flights<>(MAX_CALLERS_WAITING, PATIENCE);
    // Anybody can name a new issuer that hangs; the issuers in use must not queue behind those.
    private final Semaphore newcomers = new Semaphore(64);
    private final Semaphore regulars = new Semaphore(64);
    private final Cache<String, IssuerKeys> cache;
    private final AtomicLong forgotten = new AtomicLong();

    KeyCache(IssuerLoader loader, Lifetimes lifetimes, IssuerEvents events, Clock clock) {
        this.loader = loader;
        this.lifetimes = lifetimes;
        this.events = events;
        this.clock = clock;
        this.failing = new FailingIssuers(clock);
        this.cache = Caffeine.newBuilder()
                .maximumWeight(MAX_WEIGHT)
                .weigher((String _, IssuerKeys keys) -> keys.weight())
                .expireAfterWrite(lifetimes.outage())
                .ticker(() -> Instants.nanos(clock.instant()))
                .build();
    }

    /** Knows nothing of them any more; loads that are under way are not kept. */
    void forget(Set<String> issuers) {
        forgotten.incrementAndGet();
        cache.invalidateAll(issuers);
        issuers.forEach(failing::succeeded);
    }

    KeyLookup find(String issuer) {
        IssuerKeys known = cache.getIfPresent(issuer);
        Instant now = clock.instant();
        if (known == null || known.isOlderThan(lifetimes.outage(), now)) {
            events.keysMissed();
            return reloaded(issuer, null, newcomers);
        }
        events.keysHit();
        if (!known.isOlderThan(lifetimes.refreshAhead(), now)) {
            return new Available(known);
        }
        // An issuer that nobody used for a while is asked first: a key may have been withdrawn meanwhile. But when it
        // is known to be down, nobody waits for it.
        if (known.isOlderThan(lifetimes.fresh(), now) && !failing.isFailing(issuer)) {
            return reloaded(issuer, known, regulars) instanceof Available renewed ? renewed : new Available(known);
        }
        if (failing.remembered(issuer).isEmpty()) {
            flights.start(issuer, regulars, () -> load(issuer, known));
        }
        return new Available(known);
    }

    /** Newer keys than the given ones, which did not verify a token; the given ones when there are none to be had. */
    IssuerKeys rotated(IssuerKeys seen) {
        String issuer = seen.issuer();
        IssuerKeys current = current(seen);
        if (current != seen) {
            return current;
        }
        boolean mayAsk =
                seen.isRotatable(clock.instant()) && failing.remembered(issuer).isEmpty();
        if (!mayAsk && !flights.isUnderWay(issuer)) {
            return seen;
        }
        return awaited(issuer, regulars, () -> rotate(seen)) instanceof Available rotated ? rotated.keys() : seen;
    }

    private IssuerKeys current(IssuerKeys seen) {
        IssuerKeys current = cache.getIfPresent(seen.issuer());
        return current == null ? seen : current;
    }

    private KeyLookup reloaded(String issuer, @Nullable IssuerKeys known, Semaphore starts) {
        Optional<Unavailable> failure = failing.remembered(issuer);
        if (failure.isPresent()) {
            events.failureRemembered();
            return failure.get();
        }
        return awaited(issuer, starts, () -> load(issuer, known));
    }

    private KeyLookup awaited(String issuer, Semaphore starts, Supplier<KeyLookup> work) {
        Optional<KeyLookup> result = flights.await(issuer, starts, work);
        if (result.isEmpty()) {
            events.overloaded();
        }
        return result.orElse(OVERLOADED);
    }

    private KeyLookup load(String issuer, @Nullable IssuerKeys known) {
        IssuerKeys current = cache.getIfPresent(issuer);
        // Between the look into the cache and this flight another one may have landed.
        if (current != null && current != known && !current.isOlderThan(lifetimes.refreshAhead(), clock.instant())) {
            return new Available(current);
        }
        long begun = forgotten.get();
        KeyLookup result = loader.load(issuer);
        return switch (result) {
            case Available loaded when begun != forgotten.get() -> loaded;
            case Available loaded ->
                kept(known == null ? loaded.keys() : loaded.keys().rotatableFrom(known.rotatableFrom()));
            case Unavailable failure -> failed(issuer, failure, known != null);
        };
    }

    private KeyLookup rotate(IssuerKeys seen) {
        IssuerKeys current = current(seen);
        Instant now = clock.instant();
        if (current != seen || !seen.isRotatable(now)) {
            return new Available(current);
        }
        Instant next = now.plus(lifetimes.rotation());
        long begun = forgotten.get();
        return switch (loader.rotate(seen)) {
            case Available rotated when begun != forgotten.get() -> rotated;
            case Available rotated -> kept(rotated.keys().rotatableFrom(next));
            case Unavailable failure -> {
                cache.put(seen.issuer(), seen.rotatableFrom(next));
                yield failed(seen.issuer(), failure, true);
            }
        };
    }

    private Available kept(IssuerKeys keys) {
        cache.put(keys.issuer(), keys);
        failing.succeeded(keys.issuer());
        events.keysLoaded();
        return new Available(keys);
    }

    private Unavailable failed(String issuer, Unavailable failure, boolean inUse) {
        failing.failed(issuer, failure);
        events.loadFailed();
        if (inUse) {
            LOG.warn("Issuer cannot be reached, its last known keys stay in use: {}", failure.detail());
        } else {
            // Anybody can name an issuer that does not exist.
            LOG.debug("Issuer cannot be used: {}", failure.detail());
        }
        return failure;
    }
}
