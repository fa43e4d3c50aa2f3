package dev.octosts.api;

/**
 * A GitHub token that a caller shows to prove that it holds it. Nothing about it is known yet.
 *
 * @param value the secret, as the caller sent it
 */
public record HeldToken(String value) {

    @Override
    public String toString() {
        return "HeldToken[***]";
    }
}
