package dev.octosts.policy.guardrail;

import dev.octosts.policy.Level;
import dev.octosts.policy.Permissions;
import dev.octosts.policy.guardrail.Guardrails.GuardrailCheck;
import dev.octosts.policy.guardrail.Guardrails.GuardrailRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The rules that a file of guard rails, or an override in it, sets.
 *
 * @param settings by key; a key that is not given has none
 */
record GuardrailRules(Map<Key, Setting> settings) {
    /** The keys that a file and its overrides can both have. */
    static final List<String> KEYS = Stream.of(Key.values()).map(Key::inFile).toList();

    GuardrailRules {
        var copy = new EnumMap<Key, Setting>(Key.class);
        copy.putAll(settings);
        settings = Collections.unmodifiableMap(copy);
    }

    /** A key of the file; its rule is checked in this order. */
    enum Key {
        MODE,
        REPOSITORY_POLICIES,
        MAX_PERMISSIONS,
        DENIED_PERMISSIONS,
        ORGANIZATION_PERMISSIONS,
        SELF_REWRITE,
        SUBJECT_PATTERNS,
        WARNINGS,
        ISSUERS;

        private String inFile() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The key with that name, which is one of {@link GuardrailRules#KEYS}. */
        static Key of(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }

    /** What a file says about a key. */
    sealed interface Setting {
        /** The effect on an exchange that does not keep a rule. */
        record Effect(Mode mode) implements Setting {}

        /** Whether policies of repositories grant. */
        record RepositoryPolicies(boolean allowed) implements Setting {}

        /** The highest level by permission. */
        record MaxPermissions(SortedMap<String, Level> levels) implements Setting {}

        /** Permissions that are not granted. */
        record DeniedPermissions(Set<String> names) implements Setting {}

        /** Whether permissions beyond repositories are granted. */
        record OrganizationPermissions(boolean allowed) implements Setting {}

        /** Whether a policy may grant the change of itself. */
        record SelfRewrite(boolean allowed) implements Setting {}

        /** Whether policies may have a pattern for the subject. */
        record SubjectPatterns(boolean allowed) implements Setting {}

        /** Whether a review of policies passes with warnings. */
        record Warnings(boolean allowed) implements Setting {}

        /** The requirements by issuer. */
        record Issuers(List<IssuerGuardrail> issuers) implements Setting {}
    }

    /** These rules; where they set nothing, the others. */
    GuardrailRules over(GuardrailRules others) {
        var both = new EnumMap<Key, Setting>(Key.class);
        both.putAll(others.settings);
        both.putAll(settings);
        return new GuardrailRules(both);
    }

    /** Whether there is a rule at all; the mode alone is not a rule. */
    boolean hasRule() {
        return settings.keySet().stream().anyMatch(key -> key != Key.MODE);
    }

    Mode mode() {
        return settings.get(Key.MODE) instanceof Setting.Effect(var mode) ? mode : Mode.ENFORCE;
    }

    boolean denyWarnings() {
        return settings.get(Key.WARNINGS) instanceof Setting.Warnings(boolean allowed) && !allowed;
    }

    /**
     * Applies each rule to a grant.
     *
     * @param coversItself whether the token covers the repository that holds the policy
     */
    List<GuardrailCheck> checks(GuardedGrant grant, boolean coversItself) {
        var checks = new ArrayList<GuardrailCheck>();
        for (Setting setting : settings.values()) {
            switch (setting) {
                case Setting.Effect _, Setting.Warnings _ -> {
                    // Not about the grant.
                }
                case Setting.RepositoryPolicies(boolean allowed) ->
                    checks.add(GuardrailCheck.of(
                            GuardrailRule.REPOSITORY_POLICIES,
                            allowed ? "" : "policies of repositories grant nothing"));
                case Setting.MaxPermissions(var levels) ->
                    checks.add(GuardrailCheck.of(GuardrailRule.MAX_PERMISSIONS, above(levels, grant)));
                case Setting.DeniedPermissions(var names) ->
                    checks.add(excess(GuardrailRule.DENIED_PERMISSIONS, grant, names::contains));
                case Setting.OrganizationPermissions(boolean allowed) ->
                    checks.add(excess(
                            GuardrailRule.ORGANIZATION_PERMISSIONS,
                            grant,
                            name -> !allowed && isBeyondRepositories(name)));
                case Setting.SelfRewrite(boolean allowed) ->
                    checks.add(GuardrailCheck.of(
                            GuardrailRule.SELF_REWRITE, allowed || !coversItself ? "" : selfRewriteFault(grant)));
                case Setting.SubjectPatterns(boolean allowed) -> {
                    boolean kept = allowed || grant.policy().document().subjectPattern() == null;
                    checks.add(GuardrailCheck.of(
                            GuardrailRule.SUBJECT_PATTERNS, kept ? "" : "the policy has subject_pattern"));
                }
                case Setting.Issuers(var issuers) ->
                    issuers.stream()
                            .filter(issuer -> issuer.isAbout(grant))
                            .forEach(issuer -> checks.addAll(issuer.checks(grant)));
            }
        }
        return checks;
    }

    private static String above(SortedMap<String, Level> maximum, GuardedGrant grant) {
        var above = new StringJoiner(", ");
        for (Map.Entry<String, Level> each : new TreeMap<>(grant.permissions()).entrySet()) {
            Level highest = maximum.get(each.getKey());
            if (highest == null) {
                above.add(described(each) + " (not allowed at all)");
            } else if (each.getValue().compareTo(highest) > 0) {
                above.add(described(each) + " (at most " + highest.wireName() + ")");
            }
        }
        return above.toString();
    }

    private static GuardrailCheck excess(GuardrailRule rule, GuardedGrant grant, Predicate<String> refused) {
        var excess = new StringJoiner(", ");
        new TreeMap<>(grant.permissions())
                .entrySet().stream()
                        .filter(each -> refused.test(each.getKey()))
                        .forEach(each -> excess.add(described(each)));
        return GuardrailCheck.of(rule, excess.toString());
    }

    private static boolean isBeyondRepositories(String permission) {
        return Permissions.known()
                .named(permission)
                .filter(known -> known.scope() == Permissions.Scope.REPOSITORY)
                .isEmpty();
    }

    /**
     * A caller who can write the repository's contents can write its policies. A caller who can write its workflows can
     * write the workflow that gets the token, when that is a workflow of this very repository.
     */
    private static String selfRewriteFault(GuardedGrant grant) {
        if (grant.grants("contents", Level.WRITE)) {
            return "contents: write changes the policy itself";
        }
        boolean ownWorkflow = grant.claims().all().get("repository") instanceof String repository
                && repository.equalsIgnoreCase(grant.owner() + "/" + grant.repository());
        return ownWorkflow && grant.grants("workflows", Level.WRITE)
                ? "workflows: write changes the workflow that gets the token"
                : "";
    }

    private static String described(Map.Entry<String, Level> permission) {
        return permission.getKey() + ": " + permission.getValue().wireName();
    }
}
