package dev.octosts.exchange.bearer;

import dev.octosts.exchange.bearer.KeyLookup.Available;
import dev.octosts.exchange.bearer.KeyLookup.Unavailable;
import dev.octosts.exchange.bearer.Verification.Reason;
import dev.octosts.exchange.bearer.Verification.Rejected;
import dev.octosts.exchange.bearer.Verification.Verified;
import dev.octosts.policy.Claims;
import dev.octosts.policy.Formats;
import java.time.Clock;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verifies bearer tokens of any issuer. The order of the checks decides which error a caller sees. */
public final class Bearers {
    private static final Logger LOG = LoggerFactory.getLogger(Bearers.class);

    private final IssuerRules rules;
    private final IssuersFile known;
    private final KeyCache keys;
    private final Clock clock;

    /**
     * A verifier with an empty cache.
     *
     * @param known the issuers that the operator describes; its changes are followed from now on
     * @param transport makes the retries; see {@link IssuerFetcher}
     * @param clock judges tokens' times and the age of keys
     */
    public Bearers(IssuerRules rules, IssuersFile known, IssuerTransport transport, IssuerEvents events, Clock clock) {
        this.rules = rules;
        this.known = known;
        this.clock = clock;
        this.keys = new KeyCache(new IssuerLoader(transport, clock), rules.lifetimes(), events, clock);
        known.watch(keys::forget);
    }

    /**
     * Whether the issuer that the token names vouches for it. Calls the issuer when its keys are not at hand; waits six
     * seconds at most.
     *
     * @param bearer the token's text, as it came
     */
    public Verification verify(String bearer) {
        Verification verification = judged(bearer);
        if (verification instanceof Rejected rejected) {
            LOG.debug("Bearer token refused, {}: {}", rejected.reason().message(), rejected.detail());
        }
        return verification;
    }

    /**
     * Loads what the first verification would have to load, in about half a second of CPU; to be called before the
     * service says that it is ready. Calls nobody.
     *
     * @param tls the trust that issuers will be met with
     * @throws IllegalStateException when this machine cannot verify signatures
     */
    public static void prime(SSLContext tls) {
        Primer.run(tls);
    }

    /** Loads what the container puts around the way to issuers at its first call. Calls nobody. */
    public static void exercise(IssuerTransport transport) {
        Primer.exercise(transport);
    }

    /** x. */
    public void proven(String issuer) {}

    private Verification judged(String bearer) {
        CompactToken token;
        try {
            token = CompactToken.parse(bearer);
        } catch (MalformedException e) {
            return rejected(Reason.NOT_A_TOKEN, String.valueOf(e.getMessage()));
        }
        String issuer = token.issuer();
        if (!Formats.isIssuer(issuer)) {
            return rejected(Reason.ISSUER_FORMAT, issuer);
        }
        KnownIssuer described = known.current().find(issuer);
        if (described == null && !rules.permits(issuer)) {
            return rejected(Reason.ISSUER_NOT_PERMITTED, issuer);
        }
        if (described != null && described.keys().isPresent()) {
            KeySet given = described.keys().get();
            return judged(token, described, EnumSet.allOf(JwsAlgorithm.class), signed -> signed.isSignedBy(given));
        }
        return switch (keys.find(issuer)) {
            case Unavailable unavailable -> new Rejected(unavailable.reason(), unavailable.detail());
            case Available available -> {
                IssuerKeys found = available.keys();
                yield judged(token, described, found.provider().algorithms(), signed -> isSigned(signed, found));
            }
        };
    }

    private Verification judged(
            CompactToken token,
            @Nullable KnownIssuer described,
            Set<JwsAlgorithm> listed,
            Predicate<SignedToken> signature) {
        SignedToken signed;
        try {
            signed = SignedToken.of(token);
        } catch (MalformedException e) {
            return rejected(Reason.UNVERIFIED, token.issuer() + ": " + e.getMessage());
        }
        Set<JwsAlgorithm> allowed =
                described == null || described.algorithms().isEmpty() ? listed : described.algorithms();
        if (!allowed.contains(signed.header().algorithm())) {
            return rejected(Reason.UNVERIFIED, token.issuer() + ": algorithm that the issuer does not list");
        }
        if (!signature.test(signed)) {
            return rejected(Reason.UNVERIFIED, token.issuer() + ": no key of the issuer made the signature");
        }
        Optional<String> fault = ClaimRules.fault(token.claims(), clock.instant());
        if (fault.isPresent()) {
            return rejected(Reason.UNVERIFIED, token.issuer() + ": " + fault.get());
        }
        VerifiedToken verified = verified(token);
        if (described != null
                && !described.audiences().isEmpty()
                && Collections.disjoint(described.audiences(), verified.claims().audiences())) {
            return rejected(Reason.UNVERIFIED, described.name() + ": no audience that the operator wants of it");
        }
        return new Verified(verified);
    }

    private boolean isSigned(SignedToken signed, IssuerKeys known) {
        if (signed.isSignedBy(known.keys())) {
            return true;
        }
        IssuerKeys rotated = keys.rotated(known);
        return rotated.keys() != known.keys() && signed.isSignedBy(rotated.keys());
    }

    @SuppressWarnings("NullAway") // it does not see the nullness of a record's type arguments in another module
    private static VerifiedToken verified(CompactToken token) {
        return new VerifiedToken(
                new Claims(token.issuer(), token.subject(), ClaimRules.audiences(token.claims()), token.claims()));
    }

    private static Rejected rejected(Reason reason, String detail) {
        return new Rejected(reason, Printable.escaped(detail));
    }
}
