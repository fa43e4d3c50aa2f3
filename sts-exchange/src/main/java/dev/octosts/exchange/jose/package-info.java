/**
 * JSON Web Tokens and keys as text: {@link CompactToken} (the claims of an unverified token), {@link JoseHeader},
 * {@link KeySet} (an issuer's keys) and {@link SignedToken} (the check of a signature). Everything here is bounded,
 * because strangers write it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515">RFC 7515, JSON Web Signature</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517">RFC 7517, JSON Web Key</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, JSON Web Token Best Current Practices</a>
 */
@NullMarked
package dev.octosts.exchange.jose;

import org.jspecify.annotations.NullMarked;
