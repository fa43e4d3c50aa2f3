/**
 * Turns the text of a bearer token into claims that an issuer has vouched for. Start at {@link TokenVerifier}; its
 * answer is a {@link Verification}. The steps of a token are: {@link dev.octosts.exchange.jose.CompactToken} (claims,
 * unverified), {@link dev.octosts.exchange.issuer.KeyCache} (the issuer's keys), {@link
 * SignatureChecks} (signature), {@link RegisteredClaims} (types and times), {@link VerifiedToken}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, JSON Web Token Best Current Practices</a>
 */
@NullMarked
package dev.octosts.exchange.bearer;

import org.jspecify.annotations.NullMarked;
