package dev.octosts.exchange.bearer;

import dev.octosts.api.budget.BusyException;
import dev.octosts.api.budget.MemoryBudget;
import dev.octosts.api.budget.WorkQueue;
import dev.octosts.exchange.bearer.SignatureChecks.KeySource;
import dev.octosts.exchange.bearer.SignatureChecks.SignatureCheck;
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
import dev.octosts.exchange.issuer.PermittedIssuers;
import dev.octosts.exchange.issuer.Reputation;
import dev.octosts.exchange.issuer.RetryingIssuerDocuments;
import dev.octosts.exchange.issuer.WaitingRoom;
import dev.octosts.exchange.jose.BoundedJson;
import dev.octosts.exchange.jose.CompactToken;
import dev.octosts.exchange.jose.KeySet.Match;
import dev.octosts.exchange.jose.MalformedException;
import dev.octosts.policy.Claims;
import dev.octosts.policy.Formats;
import dev.octosts.policy.text.SafeText;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies bearer tokens. The order of the checks decides which error a caller sees.
 *
 * <p>A token of a proven issuer whose keys are at hand, and whose check is cheap, is verified at once, on the caller's
 * thread. Any other caller has to wait: for the issuer's documents, or for a thread of the {@link WorkQueue}. While it
 * waits, only the token's text and the name of its issuer are kept; the claims are read again afterwards.
 */
public final class TokenVerifier {
    private static final Logger LOG = LoggerFactory.getLogger(TokenVerifier.class);

    /** Bytes of one value in a map of claims, with its place in the map. */
    private static final int ROOM_OF_A_VALUE = 200;

    private final PermittedIssuers permitted;
    private final IssuersFile configured;
    private final Reputation reputation;
    private final KeyCache keys;
    private final SignatureChecks signatures;
    private final IssuerEvents events;
    private final Clock clock;
    private final WaitingRoom waiting;

    /**
     * A verifier with an empty cache.
     *
     * @param configured the issuers that the operator describes; its changes are followed from now on
     * @param reputation the same object with which the client of issuers counts calls
     * @param documents makes the retries; see {@link RetryingIssuerDocuments}
     * @param clock judges tokens' times and the age of keys
     */
    public TokenVerifier(
            PermittedIssuers permitted,
            IssuersFile configured,
            Reputation reputation,
            IssuerDocuments documents,
            IssuerEvents events,
            Clock clock,
            Budgets budgets) {
        this.permitted = permitted;
        this.configured = configured;
        this.reputation = reputation;
        this.events = events;
        this.clock = clock;
        this.waiting = new WaitingRoom(budgets.memory(), budgets.connections());
        WorkQueue work = budgets.work();
        this.keys = new KeyCache(
                new IssuerLoader(documents, reputation, work, clock), reputation, permitted.lifetimes(), events, clock);
        this.signatures = new SignatureChecks(keys, configured, reputation, work, events, clock);
        configured.watch(keys::forget);
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
     * Verifies a token: its issuer must have signed it. Calls the issuer when its keys are not in memory. Waits at most
     * six seconds for the keys, and four seconds for each of at most two signature checks.
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
     * A policy of an owner that installed an App has accepted a token of the issuer. The issuer is <em>proven</em>
     * until a day after the last such call. Unproven issuers cannot use up its share of memory, connections and turns.
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

    /** The issuers whose keys are in memory; so many at most. */
    public List<KeyCache.State> issuers(int most) {
        return keys.states(most);
    }

    /** Forgets the keys of these issuers. */
    public void forget(Set<String> issuers) {
        keys.forget(issuers);
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
     * Loads the classes that the container puts in front of the client of issuers at its first call. Makes no outgoing
     * calls.
     */
    public static void exercise(IssuerDocuments documents) {
        Primer.exercise(documents);
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
        record Waiting(String issuer, @Nullable KeySource keys, boolean tried) implements Step {}
    }

    private Step begun(String bearer) {
        CompactToken token;
        try {
            token = CompactToken.parse(bearer);
        } catch (MalformedException e) {
            return done(Reason.NOT_A_TOKEN, String.valueOf(e.getMessage()));
        }
        String issuer = token.issuer();
        ConfiguredIssuer described = configured.find(issuer);
        KeySource source = atHand(issuer, described);
        // The form was checked before the issuer's keys were fetched.
        if ((source == null || source.fetched() == null) && !Formats.isIssuer(issuer)) {
            return done(Reason.ISSUER_FORMAT, issuer);
        }
        if (described == null && !permitted.permits(issuer)) {
            return done(Reason.ISSUER_NOT_PERMITTED, issuer);
        }
        if (source == null || !reputation.isProven(issuer)) {
            return new Step.Waiting(issuer, source, false);
        }
        Match match;
        try {
            match = signatures.matchAtOnce(bearer, source);
        } catch (MalformedException e) {
            return done(Reason.UNVERIFIED, issuer + ": " + e.getMessage());
        }
        return match == null || match == Match.NONE
                ? new Step.Waiting(issuer, source, match == Match.NONE)
                : new Step.Done(judged(token, described, source, match));
    }

    private @Nullable KeySource atHand(String issuer, @Nullable ConfiguredIssuer described) {
        if (described != null && described.keys().isPresent()) {
            return KeySource.given(described.keys().get(), described);
        }
        IssuerKeys fetched = keys.atHand(issuer);
        return fetched == null ? null : KeySource.of(fetched, described);
    }

    /** Thousands of callers may wait in this method, so the claims must not be in memory here. */
    private Verification afterWaiting(String bearer, Step.Waiting wait) {
        SignatureCheck checked;
        try (var _ = waiting.enter(wait.issuer(), reputation.isProven(wait.issuer()), bearer.length(), 0)) {
            checked = signatures.check(bearer, wait.issuer(), wait.keys(), wait.tried());
        } catch (BusyException busy) {
            return new Busy(busy.retryAfter());
        }
        return switch (checked) {
            case SignatureCheck.Refused refused -> rejected(refused.reason(), refused.detail());
            case SignatureCheck.Signed signed -> {
                try {
                    CompactToken token = CompactToken.parse(bearer);
                    ConfiguredIssuer described = configured.find(token.issuer());
                    yield judged(token, described, signed.source(), signed.match());
                } catch (MalformedException e) {
                    throw new IllegalStateException("a token that was read a moment ago", e);
                }
            }
        };
    }

    private Verification judged(
            CompactToken token, @Nullable ConfiguredIssuer described, KeySource source, Match match) {
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
                new Claims(token.issuer(), token.subject(), Claims.audiences(token.claims()), token.claims()),
                ofConfiguredIssuer);
    }

    private static Step done(Reason reason, String detail) {
        return new Step.Done(rejected(reason, detail));
    }

    private static Rejected rejected(Reason reason, String detail) {
        return new Rejected(reason, SafeText.ascii(detail));
    }
}
