package dev.octosts.exchange.issuer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.octosts.api.budget.BusyException;
import dev.octosts.api.budget.WorkQueue.Standing;
import dev.octosts.policy.SharedPlatforms;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Remembers which issuers have proven to be good. Any caller can name a new issuer in a token, and the issuers that
 * serve installed owners must not suffer from that. So there are three kinds:
 *
 * <ul>
 *   <li><em>proven</em>: named by the operator, one of the {@link SharedPlatforms} that are the same for all customers,
 *       or a policy has accepted a token of it within a day. It has room, seats and turns that no stranger can take.
 *   <li><em>known</em>: a stranger whose keys were fetched within a day. It is asked again when an answer fails.
 *   <li>any other stranger.
 * </ul>
 */
public final class Reputation {
    private static final int MAX_ISSUERS = 10_000;
    private static final Duration MEMORY = Duration.ofDays(1);
    private static final Duration BETWEEN_NOTES = Duration.ofHours(1);

    private final PermittedIssuers rules;
    private final IssuersFile file;
    private final Clock clock;
    private final Cache<String, Instant> proven;
    private final Cache<String, Boolean> known;
    private final FailingIssuers failing;
    private final SiteBudget calls;

    /**
     * A reputation that remembers nothing yet.
     *
     * @param rules whose list of permitted issuers is proven, when there is one
     * @param file whose issuers are proven
     */
    public Reputation(PermittedIssuers rules, IssuersFile file, Clock clock) {
        this.rules = rules;
        this.file = file;
        this.clock = clock;
        this.proven = remembered(clock);
        this.known = remembered(clock);
        this.failing = new FailingIssuers(this, clock);
        this.calls = new SiteBudget();
    }

    private static <V> Cache<String, V> remembered(Clock clock) {
        return Caffeine.newBuilder()
                .maximumSize(MAX_ISSUERS)
                .expireAfterWrite(MEMORY)
                .ticker(() -> Instants.nanos(clock.instant()))
                .build();
    }

    public boolean isProven(String issuer) {
        // The first token after a start finds the platforms proven: no attacker serves their keys.
        return proven.getIfPresent(issuer) != null || SharedPlatforms.isOneForAll(issuer) || isNamedByOperator(issuer);
    }

    private boolean isNamedByOperator(String issuer) {
        return rules.permitted().contains(issuer) || file.current().find(issuer) != null;
    }

    public Standing standing(String issuer) {
        return isProven(issuer) ? Standing.PROVEN : Standing.UNKNOWN;
    }

    /**
     * Remembers an issuer as proven.
     *
     * @return whether it was not remembered so already
     */
    public boolean proved(String issuer) {
        // Asked first, and written once an hour: a read costs a warm exchange less than a write.
        Instant now = clock.instant();
        Instant last = proven.getIfPresent(issuer);
        if (last == null || last.plus(BETWEEN_NOTES).isBefore(now)) {
            proven.put(issuer, now);
        }
        return last == null;
    }

    /** An issuer returned its keys. */
    void gaveKeys(String issuer) {
        known.put(issuer, true);
        failing.succeeded(issuer);
    }

    /** A charged call returned the wanted document. */
    void wasOfUse(String issuer, String address) {
        calls.wasOfUse(issuer, address);
    }

    public FailingIssuers failing() {
        return failing;
    }

    /**
     * Counts a call before it is made.
     *
     * @throws BusyException when the target was called too often
     */
    void charge(String issuer, URI target) throws BusyException {
        if (!isNamedByOperator(issuer)) {
            calls.charge(issuer, isProven(issuer), target);
        }
    }

    /**
     * Whether a call that failed may be made again at once. For an issuer that never returned keys, this is so only at
     * the first call, and not too often for one site. Otherwise each token would cause three calls instead of one.
     */
    boolean mayRetry(String issuer, URI target) {
        return isProven(issuer)
                || known.getIfPresent(issuer) != null
                || (!failing.isFailing(issuer) && calls.mayRetry(target));
    }
}
