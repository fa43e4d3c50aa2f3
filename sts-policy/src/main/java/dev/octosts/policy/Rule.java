package dev.octosts.policy;

import dev.octosts.policy.text.GoQuoted;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One condition of a policy.
 *
 * @param aspect what of the token it is about
 * @param name {@code issuer}, {@code subject}, {@code audience}, or the claim's name
 * @param pattern whether {@code required} is a pattern for the whole value, or the value itself
 * @param required as the policy has it; for a policy without audience the service's own
 * @param alternatives further values that are as good as the required one; only without a pattern
 */
public record Rule(Aspect aspect, String name, boolean pattern, String required, List<String> alternatives) {
    public Rule {
        alternatives = List.copyOf(alternatives);
    }

    /** A rule without alternatives. */
    public Rule(Aspect aspect, String name, boolean pattern, String required) {
        this(aspect, name, pattern, required, List.of());
    }

    /** The required text, or all of them in brackets when there are several. */
    public String shown() {
        return alternatives.isEmpty()
                ? GoQuoted.of(required)
                : Stream.concat(Stream.of(required), alternatives.stream())
                        .map(GoQuoted::of)
                        .collect(Collectors.joining(" ", "[", "]"));
    }

    /** The part of a token that a rule is about, in the order in which rules are checked. */
    public enum Aspect {
        ISSUER,
        SUBJECT,
        AUDIENCE,
        CLAIM
    }
}
