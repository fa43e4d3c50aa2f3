package dev.octosts.exchange.jose;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.octosts.api.Sha256;
import java.time.Duration;

/**
 * Remembers tokens that were checked a moment ago and that no key of a set had signed, so that the same token costs no
 * second check with the same keys. It is used only before work that goes to the queue.
 */
public final class FailedChecks {
    private static final int MAX_CHECKS = 10_000;
    private static final Duration MEMORY = Duration.ofSeconds(30);

    private final Cache<Check, Boolean> failed = Caffeine.newBuilder()
            .maximumSize(MAX_CHECKS)
            .expireAfterWrite(MEMORY)
            .build();

    /**
     * One token under one key set.
     *
     * @param token SHA-256 of its text, in hexadecimal digits
     * @param keys the set's number
     */
    public record Check(String token, long keys) {}

    public static Check of(String token, KeySet keys) {
        return new Check(Sha256.hex(token), keys.number());
    }

    public boolean contains(Check check) {
        return failed.getIfPresent(check) != null;
    }

    public void add(Check check) {
        failed.put(check, true);
    }
}
