package dev.octosts.exchange.bearer;

import java.time.Duration;

/** The result of the verification of a bearer token. */
public sealed interface Verification {
    /** The issuer vouches for the token. */
    record Verified(VerifiedToken token) implements Verification {}

    /**
     * The token was refused. Its claims are not handed out, because no issuer vouched for them; so an audit event has
     * no actor.
     *
     * @param reason the reason that the caller may know
     * @param detail why, for the operator's log only; without token text, and printable
     */
    record Rejected(Reason reason, String detail) implements Verification {}

    /**
     * Nothing was decided: too many callers wait, or too much work. Another attempt may succeed.
     *
     * @param retryAfter when another attempt makes sense
     */
    record Busy(Duration retryAfter) implements Verification {}

    /** Why a token was refused, in the order in which the checks are made. */
    enum Reason {
        NOT_A_TOKEN("invalid bearer token"),
        ISSUER_FORMAT("invalid issuer format"),
        ISSUER_NOT_PERMITTED("issuer is not allowed"),
        PROVIDER_UNAVAILABLE("unable to fetch or create the provider"),
        UNVERIFIED("unable to verify bearer token");

        private final String message;

        Reason(String message) {
            this.message = message;
        }

        /** The caller's message; existing clients compare it. */
        public String message() {
            return message;
        }
    }
}
