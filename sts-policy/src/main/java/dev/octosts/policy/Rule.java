package dev.octosts.policy;

/**
 * One condition of a policy.
 *
 * @param aspect what of the token it is about
 * @param name {@code issuer}, {@code subject}, {@code audience}, or the claim's name
 * @param pattern whether {@code required} is a pattern for the whole value, or the value itself
 * @param required as the policy has it; for a policy without audience the service's own
 */
public record Rule(Aspect aspect, String name, boolean pattern, String required) {
    /** What of a token a rule is about, in the order in which rules are checked. */
    public enum Aspect {
        ISSUER,
        SUBJECT,
        AUDIENCE,
        CLAIM
    }
}
