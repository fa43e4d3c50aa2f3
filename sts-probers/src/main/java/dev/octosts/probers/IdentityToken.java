package dev.octosts.probers;

/**
 * The OIDC token by which a workload identifies itself; its content is not verified here.
 *
 * @param value the text after {@code Bearer }; a secret
 */
public record IdentityToken(String value) {

    /** @throws IllegalArgumentException when no header can carry it; the message does not show it */
    public IdentityToken {
        var fault = TokenText.faultOf(value);
        if (fault.isPresent()) {
            throw new IllegalArgumentException(fault.get());
        }
    }

    @Override
    public String toString() {
        return "IdentityToken[***]";
    }
}
