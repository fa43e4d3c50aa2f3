package dev.octosts.exchange.bearer;

import dev.octosts.policy.Claims;

/** A token whose signature, times and claim types were verified. Only {@link Bearers} makes one. */
public final class VerifiedToken {
    private final Claims claims;

    VerifiedToken(Claims claims) {
        this.claims = claims;
    }

    /** What the issuer vouched for. Audience and subject were not judged. */
    public Claims claims() {
        return claims;
    }

    /** x. */
    public boolean isOfConfiguredIssuer() {
        return false;
    }

    /** Neither the token's text nor its claims: this may end up in a log. */
    @Override
    public String toString() {
        return "VerifiedToken[***]";
    }
}
