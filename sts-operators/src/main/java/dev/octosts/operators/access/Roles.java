package dev.octosts.operators.access;

import dev.octosts.operators.OperatorsSettings;
import dev.octosts.operators.OperatorsSettings.RoleAssignment;
import dev.octosts.operators.spi.Reach;
import dev.octosts.policy.Claims;
import dev.octosts.policy.text.SafeText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives roles to those whom the provider vouches for. Without a group that has a role there is none. */
public final class Roles {

    /** The store of rules takes names of this length. */
    private static final int LONGEST_NAME = 200;

    private final OperatorsSettings settings;

    /** The roles of these settings. */
    public Roles(OperatorsSettings settings) {
        this.settings = settings;
    }

    /** What somebody may do; empty when that is nothing. */
    public Optional<Operator> of(Claims claims) {
        Set<String> groups = groups(claims);
        var operator =
                new Operator(name(claims), reach(settings.viewers(), groups), reach(settings.operators(), groups));
        return operator.views().isNothing() ? Optional.empty() : Optional.of(operator);
    }

    private Set<String> groups(Claims claims) {
        return switch (claims.all().get(settings.rolesClaim())) {
            case String group -> Set.of(group);
            case List<?> several ->
                several.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .collect(Collectors.toSet());
            case null, default -> Set.of();
        };
    }

    private static Reach reach(List<RoleAssignment> assignments, Set<String> groups) {
        return assignments.stream()
                .filter(assignment -> groups.contains(assignment.group()))
                .map(assignment -> assignment.owners().isEmpty() ? Reach.EVERYTHING : Reach.of(assignment.owners()))
                .reduce(Reach.NOTHING, Reach::and);
    }

    /** A person may choose the readable name, so the subject, which the provider chooses, is always there. */
    private static String name(Claims claims) {
        var readable = claims.all().get("preferred_username") instanceof String name
                ? name
                : claims.all().get("email") instanceof String address ? address : "";
        var subject = SafeText.line(claims.subject(), LONGEST_NAME / 2);
        return readable.isEmpty() || readable.equals(claims.subject())
                ? subject
                : SafeText.line(readable, LONGEST_NAME / 2) + " (" + subject + ")";
    }
}
