package dev.octosts.exchange.issuer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.octosts.api.budget.BusyException;
import dev.octosts.api.budget.RateBudget;
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
    private static final long NANOS_OF_A_SECOND = 1_000_000_000L;
    private static final int MAX_ISSUERS = 10_000;
    private static final Duration MEMORY = Duration.ofDays(1);
    private static final Duration BETWEEN_NOTES = Duration.ofHours(1);

    private final PermittedIssuers permitted;
    private final IssuersFile configured;
    private final Clock clock;
    private final Cache<String, Instant> proven;
    private final Cache<String, Boolean> known;
    private final FailingIssuers failing;
    private final SiteBudget calls;

    /**
     * A reputation that remembers nothing yet.
     *
     * @param permitted whose list of permitted issuers is proven, when there is one
     * @param configured whose issuers are proven
     */
    public Reputation(PermittedIssuers permitted, IssuersFile configured, Clock clock) {
        this.permitted = permitted;
        this.configured = configured;
        this.clock = clock;
        this.proven = remembered(MEMORY, clock);
        this.known = remembered(MEMORY, clock);
        this.failing = new FailingIssuers(this, clock);
        this.calls = new SiteBudget();
    }

    /**
     * What is remembered about issuers, each for a time.
     *
     * @param memory how long a value is kept after it was written
     */
    static <V> Cache<String, V> remembered(Duration memory, Clock clock) {
        return Caffeine.newBuilder()
                .maximumSize(MAX_ISSUERS)
                .expireAfterWrite(memory)
                .ticker(ticker(clock))
                .build();
    }

    /** A clock, as caches read it. */
    static Ticker ticker(Clock clock) {
        return () -> {
            Instant now = clock.instant();
            return now.getEpochSecond() * NANOS_OF_A_SECOND + now.getNano();
        };
    }

    /** Whether an issuer has room, seats and turns that no stranger can take. */
    public boolean isProven(String issuer) {
        // The first token after a start finds the platforms proven: no attacker serves their keys.
        return proven.getIfPresent(issuer) != null || SharedPlatforms.isOneForAll(issuer) || isNamedByOperator(issuer);
    }

    private boolean isNamedByOperator(String issuer) {
        return permitted.issuers().contains(issuer) || configured.find(issuer) != null;
    }

    /** The turn of an issuer's tokens and documents in a queue of work. */
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

    /** The issuers that failed of late. */
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

    /**
     * Limits how often tokens may make this service call a site, in sum over all issuers: their documents, the key sets
     * that they name and every redirect. A stranger's call to its own site that ended in keys costs nothing, so that a
     * platform can bring many new issuers at once. Proven issuers are counted at the sites of others alone, and apart
     * from strangers: the owner of an installation may still point an issuer at a third party. Issuers that the
     * operator names are not counted.
     */
    private static final class SiteBudget {
        private static final int MAX_SITES = 10_000;

        private final RateBudget<String> own = new RateBudget<>(5, 100, MAX_SITES, System::nanoTime);
        private final RateBudget<String> others = new RateBudget<>(1, 20, MAX_SITES, System::nanoTime);
        private final RateBudget<String> othersOfProven = new RateBudget<>(5, 100, MAX_SITES, System::nanoTime);
        private final RateBudget<String> retries = new RateBudget<>(0.5, 60, MAX_SITES, System::nanoTime);

        /**
         * Charges a call before it is made.
         *
         * @throws BusyException when the site was called too often
         */
        void charge(String issuer, boolean proven, URI target) throws BusyException {
            String site = Sites.of(target);
            if (!site.equals(Sites.of(issuer))) {
                (proven ? othersOfProven : others).use(site);
            } else if (!proven) {
                own.use(site);
            }
        }

        /**
         * A call returned the wanted document. Its charge is given back when the call went to the issuer's own site.
         */
        void wasOfUse(String issuer, String address) {
            String site = Sites.of(issuer);
            if (Sites.of(address).equals(site)) {
                own.giveBack(site, 1);
            }
        }

        /** Whether a call that failed may be made again at once. */
        boolean mayRetry(URI target) {
            try {
                retries.use(Sites.of(target));
                return true;
            } catch (BusyException _) {
                return false;
            }
        }
    }
}
