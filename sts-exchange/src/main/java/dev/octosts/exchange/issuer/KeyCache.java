package dev.octosts.exchange.issuer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.octosts.exchange.issuer.KeyLookup.Available;
import dev.octosts.exchange.issuer.KeyLookup.Busy;
import dev.octosts.exchange.issuer.KeyLookup.Unavailable;
import dev.octosts.exchange.issuer.LoadSeats.Group;
import dev.octosts.exchange.issuer.LoadSeats.Seat;
import dev.octosts.exchange.issuer.PermittedIssuers.Lifetimes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Caches the keys of the issuers in use. Fresh keys cost no wait and no lock; keys in use are refreshed before they go
 * stale; through an outage the last known ones serve on.
 */
public final class KeyCache {
    private static final Logger LOG = LoggerFactory.getLogger(KeyCache.class);
    private static final long MAX_WEIGHT_OF_PROVEN = 16L * 1024 * 1024;
    private static final long MAX_WEIGHT_OF_STRANGERS = 8L * 1024 * 1024;
    private static final Duration CALLER_TIMEOUT = IssuerLoader.LOAD_TIME.plusSeconds(1);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    private static final Busy OVERLOADED = new Busy(Duration.ofSeconds(5));

    private final IssuerLoader loader;
    private final Lifetimes lifetimes;
    private final IssuerEvents events;
    private final Clock clock;
    private final Reputation reputation;
    private final FailingIssuers failing;
    private final SingleFlight<KeyLookup> flights = new SingleFlight<>(CALLER_TIMEOUT);
    private final LoadSeats seats = new LoadSeats();
    private final Cache<String, IssuerKeys> proven;
    private final Cache<String, IssuerKeys> strangers;
    private final AtomicLong forgotten = new AtomicLong();

    /**
     * An empty cache.
     *
     * @param loader fetches keys that are not in memory
     * @param lifetimes how long keys are kept
     * @param events is notified of hits, misses and loads
     */
    public KeyCache(IssuerLoader loader, Reputation reputation, Lifetimes lifetimes, IssuerEvents events, Clock clock) {
        this.loader = loader;
        this.reputation = reputation;
        this.lifetimes = lifetimes;
        this.events = events;
        this.clock = clock;
        this.failing = reputation.failing();
        this.proven = segment(MAX_WEIGHT_OF_PROVEN, lifetimes, clock);
        this.strangers = segment(MAX_WEIGHT_OF_STRANGERS, lifetimes, clock);
    }

    private static Cache<String, IssuerKeys> segment(long maximumWeight, Lifetimes lifetimes, Clock clock) {
        return Caffeine.newBuilder()
                .maximumWeight(maximumWeight)
                .weigher((String _, IssuerKeys keys) -> keys.weight())
                .expireAfterWrite(lifetimes.outage())
                .ticker(Reputation.ticker(clock))
                .build();
    }

    /** Strangers can name as many issuers as they like; those that serve installed owners stay. */
    private Cache<String, IssuerKeys> segment(String issuer) {
        return reputation.isProven(issuer) ? proven : strangers;
    }

    private @Nullable IssuerKeys cached(String issuer) {
        return segment(issuer).getIfPresent(issuer);
    }

    /** The issuer was a stranger up to now; its keys move. */
    public void proved(String issuer) {
        IssuerKeys keys = strangers.asMap().remove(issuer);
        if (keys != null) {
            proven.put(issuer, keys);
        }
    }

    /** Forgets the keys of these issuers. Loads that are under way are not kept. */
    public void forget(Set<String> issuers) {
        forgotten.incrementAndGet();
        proven.invalidateAll(issuers);
        strangers.invalidateAll(issuers);
        issuers.forEach(failing::succeeded);
    }

    /**
     * An issuer whose keys are in memory.
     *
     * @param keys how many can verify signatures
     * @param failing whether the last load failed
     */
    public record State(String issuer, int keys, Instant keysSeenAt, boolean failing, boolean proven) {}

    /** The issuers whose keys are in memory, in the order of their names; so many at most. */
    public List<State> states(int most) {
        return Stream.of(proven, strangers)
                .flatMap(segment -> segment.asMap().values().stream())
                .sorted(Comparator.comparing(IssuerKeys::issuer))
                .limit(most)
                .map(known -> new State(
                        known.issuer(),
                        known.keys().size(),
                        known.keysSeenAt(),
                        failing.isFailing(known.issuer()),
                        reputation.isProven(known.issuer())))
                .toList();
    }

    /** The keys, when they are in memory; null when a caller has to wait for them. */
    @Nullable
    public IssuerKeys atHand(String issuer) {
        IssuerKeys known = cached(issuer);
        if (known == null) {
            return null;
        }
        Instant now = clock.instant();
        if (known.isOlderThan(lifetimes.refreshAhead(), now)) {
            // An issuer that was not used for a while is called first, because a key may have been withdrawn in the
            // meantime. But when the issuer is known to be down, no caller waits for it.
            if (known.isOlderThan(lifetimes.outage(), now)
                    || (known.isOlderThan(lifetimes.fresh(), now) && !failing.isFailing(issuer))) {
                return null;
            }
            if (failing.remembered(issuer).isEmpty()) {
                flights.start(issuer, () -> seat(issuer), () -> load(issuer, known));
            }
        }
        events.keysHit();
        return known;
    }

    /** Waits for the keys if need be. */
    public KeyLookup find(String issuer) {
        IssuerKeys ready = atHand(issuer);
        if (ready != null) {
            return new Available(ready);
        }
        IssuerKeys known = cached(issuer);
        if (known == null || known.isOlderThan(lifetimes.outage(), clock.instant())) {
            events.keysMissed();
            return reloaded(issuer, null);
        }
        events.keysHit();
        return reloaded(issuer, known) instanceof Available renewed ? renewed : new Available(known);
    }

    /** A retired key was useful, so the issuer's servers may not agree: looks again in the background. */
    public void retiredKeyUsed(IssuerKeys seen) {
        String issuer = seen.issuer();
        if (!clock.instant().isBefore(seen.keysSeenAt().plus(LOOK_AGAIN)) && mayRotate(seen)) {
            flights.start(issuer, () -> seat(issuer), () -> rotate(seen));
        }
    }

    private Optional<Seat> seat(String issuer) {
        if (reputation.isProven(issuer)) {
            return seats.take(issuer, Group.PROVEN);
        }
        return seats.take(issuer, cached(issuer) == null ? Group.NEW : Group.IN_USE);
    }

    /** Newer keys than the given ones, which did not verify a token; the given ones when there are no newer ones. */
    public IssuerKeys rotated(IssuerKeys seen) {
        String issuer = seen.issuer();
        IssuerKeys current = current(seen);
        if (current != seen) {
            return current;
        }
        if (!mayRotate(seen) && !flights.isUnderWay(issuer)) {
            return seen;
        }
        return awaited(issuer, () -> rotate(seen)) instanceof Available rotated ? rotated.keys() : seen;
    }

    private boolean mayRotate(IssuerKeys seen) {
        return seen.isRotatable(clock.instant())
                && failing.remembered(seen.issuer()).isEmpty();
    }

    private IssuerKeys current(IssuerKeys seen) {
        IssuerKeys current = cached(seen.issuer());
        return current == null ? seen : current;
    }

    private KeyLookup reloaded(String issuer, @Nullable IssuerKeys known) {
        Optional<Unavailable> failure = failing.remembered(issuer);
        if (failure.isPresent()) {
            events.failureRemembered();
            return failure.get();
        }
        return awaited(issuer, () -> load(issuer, known));
    }

    private KeyLookup awaited(String issuer, Supplier<KeyLookup> work) {
        return flights.await(issuer, () -> seat(issuer), work).orElse(OVERLOADED);
    }

    private KeyLookup load(String issuer, @Nullable IssuerKeys known) {
        IssuerKeys current = cached(issuer);
        // Between the lookup in the cache and this flight another one may have finished.
        if (current != null && current != known && !current.isOlderThan(lifetimes.refreshAhead(), clock.instant())) {
            return new Available(current);
        }
        long begun = forgotten.get();
        KeyLookup result = loader.load(issuer);
        return switch (result) {
            case Available loaded when begun != forgotten.get() -> loaded;
            case Available loaded ->
                kept(known == null ? loaded.keys() : loaded.keys().after(known));
            case Unavailable failure -> failed(issuer, failure);
            case Busy busy -> busy;
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
                segment(seen.issuer()).put(seen.issuer(), seen.rotatableFrom(next));
                yield failed(seen.issuer(), failure);
            }
            case Busy busy -> busy;
        };
    }

    private Available kept(IssuerKeys keys) {
        segment(keys.issuer()).put(keys.issuer(), keys);
        reputation.gaveKeys(keys.issuer());
        events.keysLoaded();
        return new Available(keys);
    }

    private Unavailable failed(String issuer, Unavailable failure) {
        failing.failed(issuer, failure);
        events.loadFailed();
        if (reputation.isProven(issuer)) {
            LOG.warn(
                    "Issuer cannot be reached; its last known keys stay in use, if there are any: {}",
                    failure.detail());
        } else {
            // Any caller can name an issuer that does not exist, or that no longer answers.
            LOG.debug("Issuer cannot be used: {}", failure.detail());
        }
        return failure;
    }
}
