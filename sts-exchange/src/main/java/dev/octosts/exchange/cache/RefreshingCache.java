package dev.octosts.exchange.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.octosts.api.CacheLookup;
import dev.octosts.api.CacheLookup.Outcome;
import dev.octosts.api.budget.Turns;
import dev.octosts.api.trace.Trace;
import dev.octosts.exchange.cache.Loader.Loaded;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cache that loads a key once, however many callers wait for it, and refreshes entries in use before they go stale.
 *
 * <p>A load runs on a thread of its own: a caller who gives up does not cancel it for the others. A key that is dropped
 * while it is being loaded is not remembered.
 *
 * @param <K> the key
 * @param <V> the cached value
 * @param <F> the reason why a load may fail; failures are not remembered
 */
public final class RefreshingCache<K, V, F> {

    private static final Logger LOG = LoggerFactory.getLogger(RefreshingCache.class);

    /** How long a stale entry is kept, for a time when the source limits our requests. */
    private static final Duration STALE = Duration.ofHours(1);

    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final int MAXIMUM_LOADS = 2_000;

    private final String name;
    private final CacheLookup hit;
    private final CacheLookup miss;
    private final Cache<K, CacheEntry<V>> entries;
    private final ConcurrentHashMap<K, Load<V, F>> loads = new ConcurrentHashMap<>();
    private final F overloaded;
    private final LongSupplier nanoTime;
    private final Consumer<CacheLookup> observer;

    /**
     * A cache.
     *
     * @param name its name for observers
     * @param bounds how much it may hold
     * @param overloaded the answer when too many loads are under way, or when one takes too long
     * @param nanoTime a clock that is never set, such as {@link System#nanoTime}
     * @param observer is notified of every lookup
     */
    public RefreshingCache(
            String name, Bounds<V> bounds, F overloaded, LongSupplier nanoTime, Consumer<CacheLookup> observer) {
        this.name = name;
        this.hit = new CacheLookup(name, Outcome.HIT);
        this.miss = new CacheLookup(name, Outcome.MISS);
        this.overloaded = overloaded;
        this.nanoTime = nanoTime;
        this.observer = observer;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(bounds.maximumWeight())
                .weigher((K key, CacheEntry<V> entry) -> bounds.weigher().applyAsInt(entry.value()))
                .expireAfterWrite(STALE)
                .ticker(nanoTime::getAsLong)
                .build();
    }

    /**
     * How much a cache may hold.
     *
     * @param maximumWeight the sum of all weights
     * @param weigher the weight of one entry, such as its bytes
     */
    public record Bounds<V>(long maximumWeight, ToIntFunction<V> weigher) {}

    /**
     * The answer to a caller.
     *
     * @param <V> the cached value
     * @param <F> the reason why it may not be known
     */
    public sealed interface Lookup<V, F> {

        /** The value is known. */
        record Known<V, F>(V value) implements Lookup<V, F> {}

        /**
         * The value is not known now.
         *
         * @param reason why
         * @param stale the value that was known within the last hour, or null; whether that may be used depends on the
         *     reason
         */
        record Unknown<V, F>(F reason, @Nullable V stale) implements Lookup<V, F> {}
    }

    /** A lookup whose answer may still be on its way. */
    public interface Pending<V, F> {

        /** The answer; waits for it. To be called once. */
        Lookup<V, F> await();

        /** Whether the answer was remembered, so that there is nothing to wait for. */
        default boolean isRemembered() {
            return false;
        }
    }

    private record AtHand<V, F>(Lookup<V, F> known) implements Pending<V, F> {

        @Override
        public Lookup<V, F> await() {
            return known;
        }

        @Override
        public boolean isRemembered() {
            return true;
        }
    }

    /** The fresh value of a key, without a load; null when there is none. */
    public @Nullable V fresh(K key) {
        CacheEntry<V> entry = entries.getIfPresent(key);
        return entry != null && entry.isFreshAt(nanoTime.getAsLong()) ? entry.value() : null;
    }

    /** The value that was known within the last hour, fresh or not, without a load. */
    public Optional<V> kept(K key) {
        return Optional.ofNullable(entries.getIfPresent(key)).map(entry -> entry.value());
    }

    /** Whether a load of a key is under way, which a lookup would wait for. */
    public boolean isLoading(K key) {
        return loads.containsKey(key);
    }

    /** The fresh value of a key. When it is about to go stale, it is loaded again in the background. */
    public Optional<V> fresh(K key, Loader<V, F> loader) {
        long now = nanoTime.getAsLong();
        CacheEntry<V> entry = entries.getIfPresent(key);
        if (entry == null || !entry.isFreshAt(now)) {
            return Optional.empty();
        }
        if (entry.claimsRefreshAt(now)) {
            load(key, loader, true);
        }
        return Optional.of(entry.value());
    }

    /** The value of a key. Loads it, or waits for the load that is under way, when there is no fresh one. */
    public Lookup<V, F> find(K key, Loader<V, F> loader) {
        return begin(key, loader).await();
    }

    /** As {@link #find}, in two steps: the load begins at once, so that several caches can load in parallel. */
    public Pending<V, F> begin(K key, Loader<V, F> loader) {
        long now = nanoTime.getAsLong();
        CacheEntry<V> entry = entries.getIfPresent(key);
        if (entry != null && entry.isFreshAt(now)) {
            if (entry.claimsRefreshAt(now)) {
                load(key, loader, true);
            }
            observer.accept(hit);
            return new AtHand<>(new Lookup.Known<>(entry.value()));
        }
        Load<V, F> load = load(key, loader, false);
        return () -> awaited(load, entry);
    }

    private Lookup<V, F> awaited(Load<V, F> load, @Nullable CacheEntry<V> stale) {
        Loaded<V, F> loaded = await(load);
        observer.accept(miss);
        return switch (loaded) {
            case Loaded.Value<V, F>(var value, var fresh) -> new Lookup.Known<>(value);
            case Loaded.Passing<V, F>(var value) -> new Lookup.Known<>(value);
            case Loaded.Failed<V, F>(var reason) -> new Lookup.Unknown<>(reason, stale == null ? null : stale.value());
        };
    }

    /** Forgets a key. A load of it that is under way answers its waiting callers and is not remembered. */
    public void drop(K key) {
        loads.remove(key);
        entries.invalidate(key);
    }

    /**
     * Makes the entry of a key stale, without forgetting it. A load that is under way is left alone: it has begun after
     * the entry was made.
     */
    public void expire(K key) {
        CacheEntry<V> entry = entries.getIfPresent(key);
        if (entry != null) {
            entry.expireAt(nanoTime.getAsLong());
        }
    }

    /** Makes all entries of a kind stale, without forgetting them. Loads that are under way are not remembered. */
    public void expireAll(Predicate<K> kind) {
        loads.keySet().removeIf(kind);
        long now = nanoTime.getAsLong();
        entries.asMap().forEach((key, entry) -> {
            if (kind.test(key)) {
                entry.expireAt(now);
            }
        });
    }

    /** Forgets all keys of a kind, as {@link #drop} does. */
    public void dropAll(Predicate<K> kind) {
        loads.keySet().removeIf(kind);
        entries.asMap().keySet().removeIf(kind);
    }

    /**
     * Forgets a key whose value a caller has proven wrong, unless the key was loaded again since. A load that is under
     * way is left alone: however many callers find the same value wrong, only one loads it.
     */
    public void dropIf(K key, Predicate<V> wrong) {
        entries.asMap().computeIfPresent(key, (same, entry) -> wrong.test(entry.value()) ? null : entry);
    }

    private Load<V, F> load(K key, Loader<V, F> loader, boolean refresh) {
        var mine = new Load<V, F>();
        var underWay = loads.putIfAbsent(key, mine);
        if (underWay != null) {
            return underWay;
        }
        // Between the caller's lookup and this one another load may have ended.
        CacheEntry<V> previous = entries.getIfPresent(key);
        if (!refresh && previous != null && previous.isFreshAt(nanoTime.getAsLong())) {
            loads.remove(key, mine);
            mine.outcome.complete(new Loaded.Passing<>(previous.value()));
        } else if (loads.mappingCount() > MAXIMUM_LOADS) {
            loads.remove(key, mine);
            mine.outcome.complete(new Loaded.Failed<>(overloaded));
        } else {
            Runnable work = () -> run(key, loader, previous, mine);
            Thread.ofVirtual().name("load-" + name).start(refresh ? work : Trace.carried(work));
        }
        return mine;
    }

    private void run(K key, Loader<V, F> loader, @Nullable CacheEntry<V> previous, Load<V, F> load) {
        // A value is as old as the start of its load: later changes of the source are not in it.
        long asked = nanoTime.getAsLong();
        Loaded<V, F> loaded = loaded(loader, previous);
        // Remembered before the load is over, and only if no caller dropped the key in the meantime.
        loads.computeIfPresent(key, (same, current) -> {
            if (current != load) {
                return current;
            }
            if (loaded instanceof Loaded.Value<V, F>(var value, var fresh)) {
                entries.put(key, new CacheEntry<>(value, asked, fresh));
            }
            return null;
        });
        load.outcome.complete(loaded);
    }

    private Loaded<V, F> loaded(Loader<V, F> loader, @Nullable CacheEntry<V> previous) {
        try (var _ = Trace.begin(name)) {
            return loader.load(previous == null ? null : previous.value());
        } catch (RuntimeException | StackOverflowError fault) {
            // The waiting callers must get an answer, whatever a file contains.
            LOG.error("a load of the cache {} failed by a fault of this service", name, fault);
            return new Loaded.Failed<>(overloaded);
        }
    }

    private Loaded<V, F> await(Load<V, F> load) {
        try {
            Turns.giveWay();
            return load.outcome.get(WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException gaveUp) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException slow) {
            LOG.warn("a load of the cache {} takes longer than {}", name, WAIT);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("loads end with a value", impossible);
        }
        return new Loaded.Failed<>(overloaded);
    }

    /** A load that is under way. */
    private static final class Load<V, F> {
        private final CompletableFuture<Loaded<V, F>> outcome = new CompletableFuture<>();
    }
}
