package dev.octosts.api;

import java.util.List;
import java.util.Optional;

/**
 * The OIDC token of a caller, exactly as the request carried it. Nothing in it is verified yet.
 *
 * @param value the text after {@code Bearer }; a secret
 */
public record BearerToken(String value) {

    private static final String SCHEME = "Bearer ";

    /** The token of a request's {@code Authorization} headers; empty unless there is exactly one header. */
    public static Optional<BearerToken> ofHeaders(List<String> authorization) {
        return authorization.size() == 1 ? Optional.of(ofHeader(authorization.getFirst())) : Optional.empty();
    }

    /** Takes the token out of an {@code Authorization} header; another scheme is left for verification to refuse. */
    public static BearerToken ofHeader(String authorization) {
        return new BearerToken(
                authorization.startsWith(SCHEME) ? authorization.substring(SCHEME.length()) : authorization);
    }

    @Override
    public String toString() {
        return "BearerToken[***]";
    }
}
