/**
 * Turns the text of a bearer token into claims that an issuer has vouched for. Start at {@link
 * dev.octosts.exchange.bearer.Bearers}; its answer is a {@link dev.octosts.exchange.bearer.Verification}. The steps of
 * a token are: {@code CompactToken} (claims, unverified), {@code KeyCache} (the issuer's keys, from {@code
 * IssuerLoader} over {@link dev.octosts.exchange.bearer.IssuerFetcher} and {@link
 * dev.octosts.exchange.bearer.IssuerClient}), {@code JoseHeader} and {@code KeySet} (signature), {@code ClaimRules}
 * (types and times), {@link dev.octosts.exchange.bearer.VerifiedToken}.
 *
 * <p>The issuer is the one that an unverified token names, so everything that follows it is bounded: bytes, keys,
 * depth, redirects, time, concurrent loads, waiting callers, signature checks, calls to others, and the addresses that
 * may be called at all. {@link dev.octosts.exchange.bearer.Reputation} separates proven issuers from strangers, who
 * cannot take their room.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect Discovery</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, JSON Web Token Best Current Practices</a>
 */
@NullMarked
package dev.octosts.exchange.bearer;

import org.jspecify.annotations.NullMarked;
