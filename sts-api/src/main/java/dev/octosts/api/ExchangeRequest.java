package dev.octosts.api;

/**
 * One exchange as it is asked for; nothing in it has been checked.
 *
 * @param bearer the caller's OIDC token
 * @param scope {@code owner} or {@code owner/repository}; empty when the caller gave none
 * @param identity the name of the trust policy; empty when the caller gave none
 * @param userAgent the caller's {@code User-Agent} for the audit event; empty when it sent none
 */
public record ExchangeRequest(BearerToken bearer, String scope, String identity, String userAgent) {}
