package dev.octosts.api;

import java.time.Instant;

/**
 * The response to a successful exchange, as the clients of the service read it.
 *
 * @param token the GitHub token; a secret
 * @param refreshToken always empty: there are no refresh tokens
 * @param expiry when the token ends, RFC 3339
 */
public record TokenResponse(String token, String refreshToken, Instant expiry) {

    @Override
    public String toString() {
        return "TokenResponse[***, expiry=" + expiry + "]";
    }
}
