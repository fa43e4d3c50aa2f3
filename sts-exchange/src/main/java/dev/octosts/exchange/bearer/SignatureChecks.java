package dev.octosts.exchange.bearer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.octosts.api.Sha256;
import dev.octosts.api.budget.BusyException;
import dev.octosts.api.budget.WorkQueue;
import dev.octosts.exchange.bearer.Verification.Reason;
import dev.octosts.exchange.issuer.ConfiguredIssuer;
import dev.octosts.exchange.issuer.IssuerEvents;
import dev.octosts.exchange.issuer.IssuerKeys;
import dev.octosts.exchange.issuer.IssuersFile;
import dev.octosts.exchange.issuer.KeyCache;
import dev.octosts.exchange.issuer.KeyLookup;
import dev.octosts.exchange.issuer.Reputation;
import dev.octosts.exchange.jose.JwsAlgorithm;
import dev.octosts.exchange.jose.KeySet;
import dev.octosts.exchange.jose.KeySet.Match;
import dev.octosts.exchange.jose.MalformedException;
import dev.octosts.exchange.jose.SignedToken;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the signatures of tokens: at once, on the caller's thread, or when it is the token's turn in the {@link
 * WorkQueue}. Tokens that failed in their turn a moment ago are remembered, so that the same token costs no second
 * check with the same keys.
 */
final class SignatureChecks {
    private static final int MAX_FAILED = 10_000;
    private static final Duration MEMORY = Duration.ofSeconds(30);

    private final KeyCache keys;
    private final IssuersFile configured;
    private final Reputation reputation;
    private final WorkQueue work;
    private final IssuerEvents events;
    private final Clock clock;
    private final Cache<Check, Boolean> failed = Caffeine.newBuilder()
            .maximumSize(MAX_FAILED)
            .expireAfterWrite(MEMORY)
            .build();

    SignatureChecks(
            KeyCache keys,
            IssuersFile configured,
            Reputation reputation,
            WorkQueue work,
            IssuerEvents events,
            Clock clock) {
        this.keys = keys;
        this.configured = configured;
        this.reputation = reputation;
        this.work = work;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Keys that a token is checked against.
     *
     * @param fetched where they came from, null when the operator gave them
     * @param algorithms those that tokens of the issuer may be signed with
     */
    record KeySource(KeySet set, @Nullable IssuerKeys fetched, Set<JwsAlgorithm> algorithms) {

        static KeySource given(KeySet keys, ConfiguredIssuer described) {
            return new KeySource(keys, null, narrowed(EnumSet.allOf(JwsAlgorithm.class), described));
        }

        static KeySource of(IssuerKeys fetched, @Nullable ConfiguredIssuer described) {
            return new KeySource(
                    fetched.keys(), fetched, narrowed(fetched.provider().algorithms(), described));
        }

        private static Set<JwsAlgorithm> narrowed(Set<JwsAlgorithm> listed, @Nullable ConfiguredIssuer described) {
            return described == null || described.algorithms().isEmpty() ? listed : described.algorithms();
        }
    }

    /** The result of a check in its turn. */
    sealed interface SignatureCheck {

        /** A key of the issuer made the signature. */
        record Signed(KeySource source, Match match) implements SignatureCheck {}

        /**
         * No key of the issuer made the signature, or there are no keys.
         *
         * @param detail why, for the log only
         */
        record Refused(Reason reason, String detail) implements SignatureCheck {}
    }

    /**
     * Checks a signature on the caller's thread, if the check is cheap.
     *
     * @return null when the check has to wait for its turn
     * @throws MalformedException when the token has no signature that can be checked
     */
    @Nullable
    Match matchAtOnce(String bearer, KeySource source) throws MalformedException {
        return SignedToken.of(bearer, source.algorithms()).matchIfCheap(source.set(), clock.instant());
    }

    /**
     * Waits for the issuer's keys if need be, and for the token's turn. Keys that did not make the signature are looked
     * for again, because they may have been rotated.
     *
     * @param atHand the issuer's keys, null when they are not in memory
     * @param tried whether none of these keys made the signature
     * @throws BusyException when too many callers wait, so that nothing was decided
     */
    SignatureCheck check(String bearer, String issuer, @Nullable KeySource atHand, boolean tried) throws BusyException {
        KeySource source = atHand;
        if (source == null) {
            switch (keys.find(issuer)) {
                case KeyLookup.Unavailable unavailable -> {
                    return new SignatureCheck.Refused(reason(unavailable.missing()), unavailable.detail());
                }
                case KeyLookup.Busy busy -> throw new BusyException("the issuer's keys", busy.retryAfter());
                case KeyLookup.Available available -> source = KeySource.of(available.keys(), configured.find(issuer));
            }
        }
        try {
            Match match = tried ? Match.NONE : match(bearer, issuer, source);
            IssuerKeys fetched = source.fetched();
            if (match == Match.NONE && fetched != null) {
                IssuerKeys rotated = keys.rotated(fetched);
                if (rotated.keys() != fetched.keys()) {
                    source = KeySource.of(rotated, configured.find(issuer));
                    match = match(bearer, issuer, source);
                }
            }
            return match == Match.NONE
                    ? new SignatureCheck.Refused(
                            Reason.UNVERIFIED, issuer + ": no key of the issuer made the signature")
                    : new SignatureCheck.Signed(source, match);
        } catch (MalformedException e) {
            return new SignatureCheck.Refused(Reason.UNVERIFIED, issuer + ": " + e.getMessage());
        }
    }

    private static Reason reason(KeyLookup.Missing missing) {
        return switch (missing) {
            case METADATA -> Reason.PROVIDER_UNAVAILABLE;
            case KEYS -> Reason.UNVERIFIED;
        };
    }

    /** Checks the signature when it is the token's turn, unless the same check has just failed. */
    private Match match(String bearer, String issuer, KeySource source) throws BusyException, MalformedException {
        Check check = Check.of(bearer, source.set());
        if (hasFailed(check)) {
            events.checkRemembered();
            return Match.NONE;
        }
        Object result = work.run(issuer, reputation.standing(issuer), () -> {
            if (hasFailed(check)) {
                return Match.NONE;
            }
            try {
                Match match = SignedToken.of(bearer, source.algorithms()).match(source.set(), clock.instant());
                if (match == Match.NONE) {
                    failed.put(check, true);
                }
                return match;
            } catch (MalformedException e) {
                return e;
            }
        });
        if (result instanceof MalformedException malformed) {
            throw malformed;
        }
        return (Match) result;
    }

    private boolean hasFailed(Check check) {
        return failed.getIfPresent(check) != null;
    }

    /**
     * One token under one key set.
     *
     * @param token SHA-256 of its text, in hexadecimal digits
     * @param keys the set's number
     */
    private record Check(String token, long keys) {

        static Check of(String token, KeySet keys) {
            return new Check(Sha256.hex(token), keys.number());
        }
    }
}
