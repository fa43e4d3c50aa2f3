package dev.octosts.exchange;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.octosts.policy.Claims;
import dev.octosts.policy.SharedPlatforms;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Remembers callers whose tokens a policy of an account has accepted within a day. They are no strangers to that
 * account. This grants nothing: it only decides whose cost comes out of which budget.
 */
final class AcceptedCallers {

    private static final int MAXIMUM_ENTRIES = 20_000;
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final Cache<Entry, Boolean> entries;

    /** @param nanoTime a clock that is never set */
    AcceptedCallers(LongSupplier nanoTime) {
        this.entries = Caffeine.newBuilder()
                .maximumSize(MAXIMUM_ENTRIES)
                .expireAfterWrite(REMEMBERED)
                .ticker(nanoTime::getAsLong)
                .build();
    }

    private record Entry(String caller, String account) {}

    /**
     * The caller as budgets see it. It is the issuer, because the owner of an issuer has any number of subjects. On a
     * platform that all people share, it is the customer of the platform.
     */
    static String caller(Claims claims) {
        if (!SharedPlatforms.contains(claims.issuer())) {
            return claims.issuer();
        }
        String customer = text(claims, "repository_owner_id");
        if (customer.isEmpty()) {
            customer = text(claims, "namespace_id");
        }
        return claims.issuer() + " " + (customer.isEmpty() ? claims.subject() : customer);
    }

    private static String text(Claims claims, String name) {
        return claims.all().get(name) instanceof String text ? text : "";
    }

    /** A policy of the account has accepted a token of the caller. */
    void accepted(Claims claims, String account) {
        var entry = new Entry(caller(claims), account);
        // A read costs less than a write, and most exchanges find the entry.
        if (entries.getIfPresent(entry) == null) {
            entries.put(entry, true);
        }
    }

    /** Whether a policy of the account has accepted a token of the caller recently. */
    boolean contains(Claims claims, String account) {
        return entries.getIfPresent(new Entry(caller(claims), account)) != null;
    }
}
