package dev.octosts.exchange.routing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.octosts.api.GitHubCall;
import dev.octosts.api.GitHubCall.Quota;
import dev.octosts.github.GitHubApp;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what GitHub has reported about the remaining requests of each App's installation on an owner. Only calls
 * with installation tokens count here: calls made as the App itself count against another quota.
 *
 * @see <a href="https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api">GitHub: rate limits</a>
 */
public final class RateLimitTracker {

    /** GitHub counts by the hour, so nothing older can be true. */
    private static final Duration WINDOW = Duration.ofHours(1);

    private static final int MAXIMUM_ENTRIES = 20_000;

    /** GitHub's largest limit is 15 000; a server of one's own may allow more. Beyond is nonsense. */
    private static final long PLAUSIBLE = 10_000_000;

    private final Cache<Key, Told> told;
    private final Cache<Paused, Long> pausedUntil;
    private final Duration stale;
    private final Clock clock;
    private final LongSupplier nanoTime;

    /**
     * Quotas that are all unknown.
     *
     * @param stale how long a report of GitHub counts
     * @param clock the time of day, in which GitHub gives its resets
     * @param nanoTime a clock that is never set
     */
    public RateLimitTracker(Duration stale, Clock clock, LongSupplier nanoTime) {
        this.stale = stale;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.told = bounded();
        this.pausedUntil = bounded();
    }

    private <K, V> Cache<K, V> bounded() {
        return Caffeine.newBuilder()
                .maximumSize(MAXIMUM_ENTRIES)
                .expireAfterWrite(WINDOW)
                .ticker(nanoTime::getAsLong)
                .build();
    }

    /** The known number of an App's remaining requests. */
    sealed interface Remaining {

        /**
         * GitHub has reported the number recently enough.
         *
         * @param requests the remaining requests
         */
        record Fresh(long requests) implements Remaining {}

        /**
         * GitHub has reported the number some time ago, and its window is still the same: by now there are as many or
         * fewer.
         *
         * @param requests the requests that remained then
         */
        record AtMost(long requests) implements Remaining {}

        /** GitHub's report is too old to be true. */
        record Outdated() implements Remaining {}

        /** GitHub has reported nothing within the hour. */
        record Unknown() implements Remaining {}
    }

    /** Learns from a call. */
    public void learn(GitHubCall call) {
        var key = new Key(call.appId(), call.owner());
        boolean counted = call.endpoint().byInstallation();
        long now = nanoTime.getAsLong();
        Quota quota = call.quota();
        if (quota != null && counted && isPlausible(quota)) {
            told.put(
                    key,
                    new Told(quota.remaining(), now, now + untilReset(quota).toNanos()));
        }
        // The App's own limit and the installation's limit are two limits: a good answer under one says nothing about
        // the other.
        var paused = new Paused(key, counted);
        if (call.limited()) {
            pausedUntil.put(paused, now + withinWindow(call.retryAfter()).toNanos());
        } else if (call.status() > 0 && call.status() < 500 && pausedUntil.getIfPresent(paused) != null) {
            pausedUntil.invalidate(paused);
        }
    }

    /** The remaining requests of an App for an owner. */
    Remaining remaining(GitHubApp app, String owner) {
        @Nullable Told known = told.getIfPresent(new Key(app.id(), owner));
        if (known == null) {
            return new Remaining.Unknown();
        }
        long now = nanoTime.getAsLong();
        if (now - known.at() <= stale.toNanos()) {
            return new Remaining.Fresh(known.requests());
        }
        return now - known.reset() < 0 ? new Remaining.AtMost(known.requests()) : new Remaining.Outdated();
    }

    /** Whether GitHub has asked this App to leave this owner alone for a time that is not up. */
    boolean isPaused(GitHubApp app, String owner) {
        var key = new Key(app.id(), owner);
        return isPaused(new Paused(key, true)) || isPaused(new Paused(key, false));
    }

    private boolean isPaused(Paused paused) {
        @Nullable Long until = pausedUntil.getIfPresent(paused);
        return until != null && nanoTime.getAsLong() - until < 0;
    }

    private static boolean isPlausible(Quota quota) {
        return quota.resource().equals("core")
                && quota.limit() > 0
                && quota.limit() <= PLAUSIBLE
                && quota.remaining() <= PLAUSIBLE;
    }

    /** Only this distance depends on the time of day; whatever that says, it is within the window. */
    private Duration untilReset(Quota quota) {
        return withinWindow(
                Duration.ofSeconds(quota.resetEpochSeconds() - clock.instant().getEpochSecond()));
    }

    private static Duration withinWindow(Duration time) {
        if (time.isNegative()) {
            return Duration.ZERO;
        }
        return time.compareTo(WINDOW) > 0 ? WINDOW : time;
    }

    private record Key(long appId, String owner) {}

    private record Paused(Key key, boolean byInstallation) {}

    private record Told(long requests, long at, long reset) {}
}
