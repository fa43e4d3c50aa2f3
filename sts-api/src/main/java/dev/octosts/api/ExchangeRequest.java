package dev.octosts.api;

import java.util.Optional;

/**
 * One exchange request. Nothing in it has been checked.
 *
 * @param bearer the caller's OIDC token; empty when it sent none, or several
 * @param scope {@code owner} or {@code owner/repository}; empty when the caller gave none
 * @param identity the name of the trust policy; empty when the caller gave none
 * @param subset the part of the grant that is wanted
 * @param userAgent the caller's {@code User-Agent} for the audit event; empty when it sent none
 * @param requestId finds this request in the log and the audit event; empty when it has none
 */
public record ExchangeRequest(
        Optional<BearerToken> bearer,
        String scope,
        String identity,
        RequestedGrant subset,
        String userAgent,
        String requestId) {

    /** Asks for the whole grant. */
    public ExchangeRequest(BearerToken bearer, String scope, String identity, String userAgent) {
        this(Optional.of(bearer), scope, identity, RequestedGrant.EVERYTHING, userAgent, "");
    }
}
