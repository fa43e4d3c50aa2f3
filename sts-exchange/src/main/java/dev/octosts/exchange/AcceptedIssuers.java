package dev.octosts.exchange;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Issuers whose tokens a policy of an account has accepted within a day. They are no strangers to that account. This
 * grants nothing: it only decides whose cost comes out of which budget.
 */
final class AcceptedIssuers {

    private static final int MAXIMUM_ENTRIES = 20_000;
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final Cache<Entry, Boolean> entries;

    /** @param nanoTime a clock that is never set */
    AcceptedIssuers(LongSupplier nanoTime) {
        this.entries = Caffeine.newBuilder()
                .maximumSize(MAXIMUM_ENTRIES)
                .expireAfterWrite(REMEMBERED)
                .ticker(nanoTime::getAsLong)
                .build();
    }

    private record Entry(String issuer, String account) {}

    /** A policy of the account has accepted a token of the issuer. */
    void accepted(String issuer, String account) {
        var entry = new Entry(issuer, account);
        // A read costs less than a write, and most exchanges find the entry.
        if (entries.getIfPresent(entry) == null) {
            entries.put(entry, true);
        }
    }

    /** Whether a policy of the account has accepted a token of the issuer lately. */
    boolean contains(String issuer, String account) {
        return entries.getIfPresent(new Entry(issuer, account)) != null;
    }
}
