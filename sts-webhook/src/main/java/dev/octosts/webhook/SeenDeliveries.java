package dev.octosts.webhook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Remembers deliveries, so that a delivery that comes twice is worked on once. A failed delivery is forgotten: it is
 * meant to be delivered again.
 *
 * @param <T> what comes of the work
 */
final class SeenDeliveries<T> {

    private static final int MOST = 10_000;

    /** The time for which GitHub can deliver again. */
    private static final Duration REMEMBERED = Duration.ofDays(3);

    private final Predicate<T> settled;
    private final ConcurrentHashMap<String, CompletableFuture<T>> underWay = new ConcurrentHashMap<>();
    private final Cache<String, Boolean> done =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REMEMBERED).build();

    /**
     * Deliveries.
     *
     * @param settled whether a result is final
     */
    SeenDeliveries(Predicate<T> settled) {
        this.settled = settled;
    }

    /** Whether the work is done for good. */
    boolean isDone(String key) {
        return done.getIfPresent(key) != null;
    }

    /** Begins the work, or joins the work that is under way. */
    CompletableFuture<T> begin(String key, Supplier<CompletableFuture<T>> work) {
        return underWay.computeIfAbsent(key, missing -> {
            CompletableFuture<T> begun = work.get();
            // On another thread: this very entry is being made.
            var _ = begun.whenCompleteAsync(
                    (result, fault) -> {
                        if (fault == null && settled.test(result)) {
                            done.put(key, true);
                        }
                        underWay.remove(key);
                    },
                    task -> Thread.ofVirtual().start(task));
            return begun;
        });
    }
}
