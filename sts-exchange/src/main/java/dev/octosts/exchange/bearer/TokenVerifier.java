package dev.octosts.exchange.bearer;

import dev.octosts.api.budget.BusyException;
import dev.octosts.api.budget.MemoryBudget;
import dev.octosts.api.budget.WorkQueue;
import dev.octosts.exchange.bearer.Verification.Busy;
import dev.octosts.exchange.bearer.Verification.Reason;
import dev.octosts.exchange.bearer.Verification.Rejected;
import dev.octosts.exchange.bearer.Verification.Verified;
import dev.octosts.exchange.issuer.ConfiguredIssuer;
import dev.octosts.exchange.issuer.IssuerDocuments;
import dev.octosts.exchange.issuer.IssuerEvents;
import dev.octosts.exchange.issuer.IssuerKeys;
import dev.octosts.exchange.issuer.IssuerLoader;
import dev.octosts.exchange.issuer.IssuersFile;
import dev.octosts.exchange.issuer.KeyCache;
import dev.octosts.exchange.issuer.KeyLookup;
import dev.octosts.exchange.issuer.KeyLookup.Available;
import dev.octosts.exchange.issuer.KeyLookup.Unavailable;
import dev.octosts.exchange.issuer.PermittedIssuers;
import dev.octosts.exchange.issuer.Reputation;
import dev.octosts.exchange.issuer.RetryingIssuerDocuments;
import dev.octosts.exchange.issuer.WaitingRoom;
import dev.octosts.exchange.jose.BoundedJson;
import dev.octosts.exchange.jose.CompactToken;
import dev.octosts.exchange.jose.FailedChecks;
import dev.octosts.exchange.jose.JwsAlgorithm;
import dev.octosts.exchange.jose.KeySet;
import dev.octosts.exchange.jose.KeySet.Match;
import dev.octosts.exchange.jose.MalformedException;
import dev.octosts.exchange.jose.SignedToken;
import dev.octosts.policy.Claims;
import dev.octosts.policy.Formats;
import dev.octosts.policy.text.SafeText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the bearer tokens of any issuer. The order of the checks decides which error a caller sees.
 *
 * <p>A token of a proven issuer whose keys are at hand, and whose check is cheap, is verified at once, on the caller's
 * thread. Any other caller has to wait: for the issuer's documents, or for a thread of the {@link WorkQueue}. While it
 * waits, only the token's text and the name of its issuer are kept; the claims are read again afterwards.
 */
public final class TokenVerifier {
    private static final Logger LOG = LoggerFactory.getLogger(TokenVerifier.class);

    /** Bytes of one value in a map of claims, with its place in the map. */
    private static final int ROOM_OF_A_VALUE = 200;

    private final PermittedIssuers rules;
    private final IssuersFile file;
    private final Reputation reputation;
    private final KeyCache keys;
    private final IssuerEvents events;
    private final Clock clock;
    private final WorkQueue work;
    private final WaitingRoom waiting;
    private final FailedChecks failed = new FailedChecks();

    /**
     * A verifier with an empty cache.
     *
     * @param file the issuers that the operator describes; its changes are followed from now on
     * @param reputation the same object with which the transport counts calls
     * @param transport makes the retries; see {@link RetryingIssuerDocuments}
     * @param clock judges tokens' times and the age of keys
     */
    public TokenVerifier(
            PermittedIssuers rules,
            IssuersFile file,
            Reputation reputation,
            IssuerDocuments transport,
            IssuerEvents events,
            Clock clock,
            Budgets budgets) {
        this.rules = rules;
        this.file = file;
        this.reputation = reputation;
        this.events = events;
        this.clock = clock;
        this.work = budgets.work();
        this.waiting = new WaitingRoom(budgets.memory(), budgets.connections());
        this.keys = new KeyCache(
                new IssuerLoader(transport, reputation, work, clock), reputation, rules.lifetimes(), events, clock);
        file.watch(keys::forget);
    }

    /**
     * The limits for the cost of all callers together.
     *
     * @param memory of those who wait
     * @param connections how many callers there may be, waiting or not
     * @param work signature checks and the reading of issuers' documents
     */
    public record Budgets(MemoryBudget memory, int connections, WorkQueue work) {
        /** After a restart a thousand callers of one issuer may come at once, and it is not proven yet. */
        private static final WorkQueue.Limits LIMITS = new WorkQueue.Limits(4_000, 1_000, Duration.ofSeconds(4));

        /** Uses all processors except one for the work. */
        public static Budgets of(MemoryBudget memory, int connections) {
            return new Budgets(
                    memory, connections, new WorkQueue("signatures-", WorkQueue.threadsOfThisMachine(), LIMITS));
        }
    }

    /**
     * Verifies whether the issuer that the token names has signed it. Calls the issuer when its keys are not in memory.
     * It waits at most six seconds for keys, and four for each of two signature checks.
     *
     * @param bearer the token's text, as it came
     */
    public Verification verify(String bearer) {
        Verification verification = switch (begun(bearer)) {
            case Step.Done done -> done.verification();
            case Step.Waiting wait -> afterWaiting(bearer, wait);
        };
        switch (verification) {
            case Verified _ -> {}
            case Rejected rejected ->
                LOG.debug("Bearer token refused, {}: {}", rejected.reason().message(), rejected.detail());
            case Busy _ -> events.overloaded();
        }
        return verification;
    }

    /**
     * A policy of an owner that installed an App has accepted a token of the issuer: from now on, and for a day after
     * the last such call, strangers cannot take its room, its seats and its turns.
     */
    public void proven(String issuer) {
        if (reputation.proved(issuer)) {
            keys.proved(issuer);
        }
    }

    /**
     * Takes room for the caller of a verified token that has to wait for GitHub.
     *
     * @param length of the token's text
     * @throws BusyException when there is none
     */
    public WaitingRoom.Place waitWith(Claims claims, int length) throws BusyException {
        return waiting.enter(
                claims.issuer(),
                reputation.isProven(claims.issuer()),
                length,
                (long) BoundedJson.values(claims.all()) * ROOM_OF_A_VALUE);
    }

    /** Whether an issuer is {@link #proven}, or described by the operator. */
    public boolean isProven(String issuer) {
        return reputation.isProven(issuer);
    }

    /**
     * Loads what the first verification would have to load, in about half a second of CPU; to be called before the
     * service says that it is ready. Makes no outgoing calls.
     *
     * @param tls the trust settings for calls to issuers
     * @throws IllegalStateException when this machine cannot verify signatures
     */
    public static void prime(SSLContext tls) {
        Primer.run(tls);
    }

    /**
     * Loads the classes that the container puts in front of the transport at its first call. Makes no outgoing calls.
     */
    public static void exercise(IssuerDocuments transport) {
        Primer.exercise(transport);
    }

    /** How far a verification got without waiting. */
    private sealed interface Step {
        record Done(Verification verification) implements Step {}

        /**
         * The caller has to wait.
         *
         * @param keys the issuer's, null when they are not at hand
         * @param tried whether none of these keys made the signature
         */
        record Waiting(String issuer, @Nullable Source keys, boolean tried) implements Step {}
    }

    /**
     * Keys that a token is checked against.
     *
     * @param fetched where they came from, null when the operator gave them
     * @param algorithms those that tokens of the issuer may be signed with
     */
    private record Source(KeySet set, @Nullable IssuerKeys fetched, Set<JwsAlgorithm> algorithms) {

        static Source given(KeySet keys, ConfiguredIssuer described) {
            return new Source(keys, null, narrowed(EnumSet.allOf(JwsAlgorithm.class), described));
        }

        static Source of(IssuerKeys fetched, @Nullable ConfiguredIssuer described) {
            return new Source(
                    fetched.keys(), fetched, narrowed(fetched.provider().algorithms(), described));
        }

        private static Set<JwsAlgorithm> narrowed(Set<JwsAlgorithm> listed, @Nullable ConfiguredIssuer described) {
            return described == null || described.algorithms().isEmpty() ? listed : described.algorithms();
        }
    }

    private Step begun(String bearer) {
        CompactToken token;
        try {
            token = CompactToken.parse(bearer);
        } catch (MalformedException e) {
            return done(Reason.NOT_A_TOKEN, String.valueOf(e.getMessage()));
        }
        String issuer = token.issuer();
        if (!Formats.isIssuer(issuer)) {
            return done(Reason.ISSUER_FORMAT, issuer);
        }
        ConfiguredIssuer described = file.current().find(issuer);
        if (described == null && !rules.permits(issuer)) {
            return done(Reason.ISSUER_NOT_PERMITTED, issuer);
        }
        Source source = atHand(issuer, described);
        if (source == null || !reputation.isProven(issuer)) {
            return new Step.Waiting(issuer, source, false);
        }
        SignedToken signed;
        try {
            signed = SignedToken.of(bearer, source.algorithms());
        } catch (MalformedException e) {
            return done(Reason.UNVERIFIED, issuer + ": " + e.getMessage());
        }
        Instant now = clock.instant();
        if (!source.set().isCheapFor(signed.header(), now)) {
            return new Step.Waiting(issuer, source, false);
        }
        Match match = signed.match(source.set(), now);
        return match == Match.NONE
                ? new Step.Waiting(issuer, source, true)
                : new Step.Done(judged(token, described, source, match));
    }

    private @Nullable Source atHand(String issuer, @Nullable ConfiguredIssuer described) {
        if (described != null && described.keys().isPresent()) {
            return Source.given(described.keys().get(), described);
        }
        IssuerKeys fetched = keys.atHand(issuer);
        return fetched == null ? null : Source.of(fetched, described);
    }

    /** The claims are not in memory here, and must not be: there may be thousands of callers in this method. */
    private Verification afterWaiting(String bearer, Step.Waiting wait) {
        Checked checked;
        try (var _ = waiting.enter(wait.issuer(), reputation.isProven(wait.issuer()), bearer.length(), 0)) {
            checked = checked(bearer, wait);
        } catch (BusyException busy) {
            return new Busy(busy.retryAfter());
        }
        return switch (checked) {
            case Checked.Refused refused -> refused.rejected();
            case Checked.Signed signed -> {
                try {
                    CompactToken token = CompactToken.parse(bearer);
                    ConfiguredIssuer described = file.current().find(token.issuer());
                    yield judged(token, described, signed.source(), signed.match());
                } catch (MalformedException e) {
                    throw new IllegalStateException("a token that was read a moment ago", e);
                }
            }
        };
    }

    private sealed interface Checked {
        record Signed(Source source, Match match) implements Checked {}

        record Refused(Rejected rejected) implements Checked {}
    }

    private static Reason reason(KeyLookup.Missing missing) {
        return switch (missing) {
            case METADATA -> Reason.PROVIDER_UNAVAILABLE;
            case KEYS -> Reason.UNVERIFIED;
        };
    }

    private Checked checked(String bearer, Step.Waiting wait) throws BusyException {
        String issuer = wait.issuer();
        Source source = wait.keys();
        if (source == null) {
            switch (keys.find(issuer)) {
                case Unavailable unavailable -> {
                    return new Checked.Refused(new Rejected(reason(unavailable.missing()), unavailable.detail()));
                }
                case KeyLookup.Busy busy -> throw new BusyException("the issuer's keys", busy.retryAfter());
                case Available available ->
                    source = Source.of(available.keys(), file.current().find(issuer));
            }
        }
        try {
            Match match = wait.tried() ? Match.NONE : match(bearer, issuer, source);
            IssuerKeys fetched = source.fetched();
            if (match == Match.NONE && fetched != null) {
                IssuerKeys rotated = keys.rotated(fetched);
                if (rotated.keys() != fetched.keys()) {
                    source = Source.of(rotated, file.current().find(issuer));
                    match = match(bearer, issuer, source);
                }
            }
            return match == Match.NONE
                    ? new Checked.Refused(
                            rejected(Reason.UNVERIFIED, issuer + ": no key of the issuer made the signature"))
                    : new Checked.Signed(source, match);
        } catch (MalformedException e) {
            return new Checked.Refused(rejected(Reason.UNVERIFIED, issuer + ": " + e.getMessage()));
        }
    }

    /** Checks the signature when it is the token's turn, unless the same check has just failed. */
    private Match match(String bearer, String issuer, Source source) throws BusyException, MalformedException {
        FailedChecks.Check check = FailedChecks.of(bearer, source.set());
        if (failed.contains(check)) {
            events.checkRemembered();
            return Match.NONE;
        }
        Object result = work.run(issuer, reputation.standing(issuer), () -> {
            if (failed.contains(check)) {
                return Match.NONE;
            }
            try {
                Match match = SignedToken.of(bearer, source.algorithms()).match(source.set(), clock.instant());
                if (match == Match.NONE) {
                    failed.add(check);
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

    private Verification judged(CompactToken token, @Nullable ConfiguredIssuer described, Source source, Match match) {
        if (match == Match.RETIRED && source.fetched() != null) {
            keys.retiredKeyUsed(source.fetched());
        }
        Optional<String> fault = RegisteredClaims.fault(token.claims(), clock.instant());
        if (fault.isPresent()) {
            return rejected(Reason.UNVERIFIED, token.issuer() + ": " + fault.get());
        }
        VerifiedToken verified = verified(token, described != null && !described.shared());
        if (described != null
                && !described.audiences().isEmpty()
                && Collections.disjoint(described.audiences(), verified.claims().audiences())) {
            return rejected(Reason.UNVERIFIED, described.name() + ": no audience that the operator wants of it");
        }
        return new Verified(verified);
    }

    @SuppressWarnings("NullAway") // it does not see the nullness of a record's type arguments in another module
    private static VerifiedToken verified(CompactToken token, boolean ofConfiguredIssuer) {
        return new VerifiedToken(
                new Claims(token.issuer(), token.subject(), RegisteredClaims.audiences(token.claims()), token.claims()),
                ofConfiguredIssuer);
    }

    private static Step done(Reason reason, String detail) {
        return new Step.Done(rejected(reason, detail));
    }

    private static Rejected rejected(Reason reason, String detail) {
        return new Rejected(reason, SafeText.ascii(detail));
    }
}
