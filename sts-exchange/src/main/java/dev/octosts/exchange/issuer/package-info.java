/**
 * The keys of issuers, and how they are found. {@link KeyCache} remembers them, {@link IssuerLoader} loads them over
 * {@link RetryingIssuerDocuments} and {@link IssuerClient}; {@link IssuersFile} has what the operator says about
 * issuers.
 *
 * <p>The issuer is the one that an unverified token names, so everything that follows it is bounded: bytes, keys,
 * depth, redirects, time, concurrent loads, waiting callers, calls to others, and the addresses that may be called at
 * all ({@link AddressGuard}). {@link Reputation} separates proven issuers from strangers, who cannot take their room.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect Discovery</a>
 */
@NullMarked
package dev.octosts.exchange.issuer;

import org.jspecify.annotations.NullMarked;
