package dev.octosts.policy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The conditions of a policy and what it gives to those who meet them. */
final class Rules {
    private static final int BEFORE_CLAIMS = 3;

    private final Requirement issuer;
    private final Requirement subject;
    private final @Nullable Requirement audience;
    private final List<Requirement> claims;
    private final Grant grant;
    private final Set<String> decisiveClaims;

    /**
     * @param audience null when the policy has none: then it is the service's own
     */
    Rules(
            Requirement issuer,
            Requirement subject,
            @Nullable Requirement audience,
            List<Requirement> claims,
            Grant grant) {
        this.issuer = issuer;
        this.subject = subject;
        this.audience = audience;
        this.claims = List.copyOf(claims);
        this.grant = grant;
        this.decisiveClaims = claims.stream()
                .filter(Requirement::isDecisive)
                .map(requirement -> requirement.rule().name())
                .collect(Collectors.toUnmodifiableSet());
    }

    Set<String> decisiveClaims() {
        return decisiveClaims;
    }

    Grant grant() {
        return grant;
    }

    Decision evaluate(Claims presented, String defaultAudience) {
        var checks = new Check[BEFORE_CLAIMS + claims.size()];
        checks[0] = text(issuer, presented.issuer());
        checks[1] = text(subject, presented.subject());
        checks[2] = audience(presented.audiences(), defaultAudience);
        for (int i = 0; i < claims.size(); i++) {
            Requirement requirement = claims.get(i);
            checks[BEFORE_CLAIMS + i] = requirement.pattern() == null
                    ? exactClaim(requirement, presented.all())
                    : claim(requirement, presented.all());
        }
        return decide(checks);
    }

    /** Whether the rules about issuer and subject are satisfied, whatever the others say. */
    boolean recognizes(Claims presented) {
        return issuer.accepts(presented.issuer()) && subject.accepts(presented.subject());
    }

    private Decision decide(Check[] checks) {
        List<Check> inOrder = Collections.unmodifiableList(Arrays.asList(checks));
        for (Check check : checks) {
            if (!check.satisfied()) {
                return new Deny(inOrder, check);
            }
        }
        return new Permit(inOrder, grant);
    }

    private static Check text(Requirement requirement, String value) {
        return new Check(requirement.rule(), value, outcome(requirement.accepts(value)));
    }

    private Check audience(List<String> presented, String defaultAudience) {
        if (audience == null) {
            var rule = new Rule(Rule.Aspect.AUDIENCE, "audience", false, defaultAudience);
            return new Check(rule, presented, outcome(presented.contains(defaultAudience)));
        }
        for (String value : presented) {
            if (audience.accepts(value)) {
                return new Check(audience.rule(), presented, Check.Outcome.SATISFIED);
            }
        }
        return new Check(audience.rule(), presented, Check.Outcome.DIFFERENT);
    }

    private static Check claim(Requirement requirement, Map<String, @Nullable Object> all) {
        Object value = all.get(requirement.rule().name());
        return new Check(
                requirement.rule(),
                value,
                switch (value) {
                    case String text -> outcome(requirement.accepts(text));
                    case Boolean truth -> outcome(requirement.accepts(truth.toString()));
                    case null ->
                        all.containsKey(requirement.rule().name()) ? Check.Outcome.NOT_TEXT : Check.Outcome.ABSENT;
                    default -> Check.Outcome.NOT_TEXT;
                });
    }

    /** Beside texts and booleans these take numbers, and lists of which one element is enough. */
    private static Check exactClaim(Requirement requirement, Map<String, @Nullable Object> all) {
        Object value = requirement.path().in(all);
        return new Check(
                requirement.rule(),
                value,
                switch (value) {
                    case List<?> list ->
                        outcome(list.stream()
                                .anyMatch(element -> isScalar(element) && requirement.accepts(element.toString())));
                    case Map<?, ?> _ -> Check.Outcome.NOT_TEXT;
                    case null -> requirement.path().isIn(all) ? Check.Outcome.NOT_TEXT : Check.Outcome.ABSENT;
                    default -> outcome(requirement.accepts(value.toString()));
                });
    }

    private static boolean isScalar(@Nullable Object element) {
        return element != null && !(element instanceof List<?>) && !(element instanceof Map<?, ?>);
    }

    /** Whether the policy names this very subject. */
    boolean namesSubject(String text) {
        return subject.names(text);
    }

    private static Check.Outcome outcome(boolean satisfied) {
        return satisfied ? Check.Outcome.SATISFIED : Check.Outcome.DIFFERENT;
    }
}
