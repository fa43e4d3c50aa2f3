package dev.octosts.api;

/**
 * Exchanges a workload's OIDC token for a GitHub token. This is the port that the transports call.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8693">RFC 8693, OAuth 2.0 Token Exchange</a>
 */
public interface TokenExchange {

    /**
     * Performs one exchange and audits it. Refusals are values; an exception means a fault of this service.
     *
     * @param request what the caller asks for
     * @return the token, or why there is none
     */
    ExchangeResult exchange(ExchangeRequest request);
}
