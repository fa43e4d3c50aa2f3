package dev.octosts.api;

/**
 * The OIDC token of a caller, as it came: nothing about it is proven yet.
 *
 * @param value the text after {@code Bearer }; a secret
 */
public record BearerToken(String value) {

    private static final String SCHEME = "Bearer ";

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
