package dev.octosts.exchange.bearer;

import dev.octosts.policy.Claims;
import java.time.Instant;

/** A token whose signature, times and claim types were verified. Only {@link TokenVerifier} makes one. */
public final class VerifiedToken {
    private final Claims claims;
    private final boolean ofConfiguredIssuer;

    VerifiedToken(Claims claims, boolean ofConfiguredIssuer) {
        this.claims = claims;
        this.ofConfiguredIssuer = ofConfiguredIssuer;
    }

    /** The claims that the issuer vouched for. Audience and subject were not checked. */
    public Claims claims() {
        return claims;
    }

    /** When the token expires. */
    public Instant expiry() {
        return RegisteredClaims.expiry(claims.all());
    }

    /**
     * Whether the operator's issuers file names the issuer, and does not call it shared. Only workloads of the operator
     * get tokens of such an issuer.
     */
    public boolean isOfConfiguredIssuer() {
        return ofConfiguredIssuer;
    }

    /** Neither the token's text nor its claims: this may end up in a log. */
    @Override
    public String toString() {
        return "VerifiedToken[***]";
    }
}
