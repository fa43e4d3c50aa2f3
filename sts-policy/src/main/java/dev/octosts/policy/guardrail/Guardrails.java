package dev.octosts.policy.guardrail;

import dev.octosts.policy.Level;
import dev.octosts.policy.Permissions;
import dev.octosts.policy.diagnostic.Fault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The limits within which policies may grant: the contents of {@code guardrails.yaml}. Immutable. Those of an
 * organization bind the policies of its repositories; those of the service bind the policies of organizations, too.
 */
public final class Guardrails {
    /** The keys of the file. */
    public static final List<String> KEYS = GuardrailsParser.KEYS;

    /** The keys of an override. */
    public static final List<String> OVERRIDE_KEYS = GuardrailsParser.OVERRIDE_KEYS;

    /** The keys of an entry of issuers. */
    public static final List<String> ISSUER_KEYS = IssuerGuardrailParser.KEYS;

    /** More repositories than these are treated as all repositories. */
    private static final int MAX_COVERED = 100;

    private final GuardrailRules rails;
    private final List<RepositoryRails> overrides;
    private final int weight;

    Guardrails(GuardrailRules rails, List<RepositoryRails> overrides, int weight) {
        this.rails = rails;
        this.overrides = List.copyOf(overrides);
        this.weight = weight;
    }

    /** Reads the file; at most 1 MiB. */
    public static Reading read(byte[] file) {
        return GuardrailsParser.read(file);
    }

    /** The rules that apply to some repositories instead. */
    record RepositoryRails(List<RepositoryGlob> repositories, GuardrailRules rails) {
        RepositoryRails {
            repositories = List.copyOf(repositories);
        }

        /** Whether it is about some repository of the owner. */
        boolean mayBeAbout(String owner) {
            return repositories.stream().anyMatch(glob -> glob.mayMatch(owner));
        }

        boolean isAbout(String owner, String repository) {
            return repositories.stream().anyMatch(glob -> glob.matches(owner, repository));
        }
    }

    /** The result of reading a file. */
    public sealed interface Reading {
        /** The file has guard rails. */
        record Valid(Guardrails guardrails) implements Reading {}

        /**
         * The file has none.
         *
         * @param faults in file order, never empty
         */
        record Invalid(List<Fault> faults) implements Reading {
            public Invalid {
                faults = List.copyOf(faults);
            }
        }
    }

    /** Whether a grant by a repository's policy keeps within the limits, rule by rule. */
    public GuardrailVerdict judge(GuardedGrant grant) {
        GuardrailRules applied = rails(grant.owner(), grant.repository());
        return new GuardrailVerdict(mode(applied), checks(applied, grant, true));
    }

    /**
     * Whether a grant by an organization's policy keeps within the limits, rule by rule. All rules apply except {@link
     * GuardrailRule#REPOSITORY_POLICIES}. An override applies when it is about the policy repository, or about a
     * repository that the token covers: a token for several repositories must keep within the limits of each.
     *
     * @param grant its repository is the policy repository
     * @param covered the repositories of the token, without owner; empty for all of the installation
     */
    public GuardrailVerdict judgeOrganizationPolicy(GuardedGrant grant, List<String> covered) {
        boolean coversItself = covered.isEmpty() || covered.stream().anyMatch(grant.repository()::equalsIgnoreCase);
        List<GuardrailVerdict> verdicts = applying(grant, covered).stream()
                .map(applied -> new GuardrailVerdict(mode(applied), organizationChecks(applied, grant, coversItself)))
                .toList();
        return verdicts.stream()
                .filter(verdict -> !verdict.permits())
                .findFirst()
                .or(() -> verdicts.stream()
                        .filter(verdict -> !verdict.satisfied())
                        .findFirst())
                .orElseGet(verdicts::getFirst);
    }

    private static List<GuardrailCheck> organizationChecks(
            GuardrailRules applied, GuardedGrant grant, boolean coversItself) {
        return checks(applied, grant, coversItself).stream()
                .filter(check -> check.rule() != GuardrailRule.REPOSITORY_POLICIES)
                .toList();
    }

    /** The rules for the policy repository, and for each repository that the token covers. */
    private Set<GuardrailRules> applying(GuardedGrant grant, List<String> covered) {
        var applying = new LinkedHashSet<GuardrailRules>();
        applying.add(rails(grant.owner(), grant.repository()));
        if (!covered.isEmpty() && covered.size() <= MAX_COVERED) {
            covered.forEach(repository -> applying.add(rails(grant.owner(), repository)));
            return applying;
        }
        // The repositories are not known: the limits without an override apply, and each override that may be about
        // one.
        applying.add(rails);
        overrides.stream()
                .filter(override -> override.mayBeAbout(grant.owner()))
                .forEach(override -> applying.add(override.rails().over(rails)));
        return applying;
    }

    /**
     * The effect on a review of a repository's policies that finds warnings: in {@link Mode#ENFORCE} it fails, in
     * {@link Mode#AUDIT} it passes and says that it would have failed; empty when warnings are allowed.
     */
    public Optional<Mode> deniedWarnings(String owner, String repository) {
        GuardrailRules applied = rails(owner, repository);
        return Boolean.FALSE.equals(applied.warnings()) ? Optional.of(mode(applied)) : Optional.empty();
    }

    /** The rules for a repository. */
    private GuardrailRules rails(String owner, String repository) {
        GuardrailRules applied = rails;
        for (RepositoryRails override : overrides) {
            if (override.isAbout(owner, repository)) {
                applied = override.rails().over(applied);
            }
        }
        return applied;
    }

    private static Mode mode(GuardrailRules rails) {
        return rails.mode() == null ? Mode.ENFORCE : rails.mode();
    }

    /** Roughly the bytes of memory that the rules hold, for a cache's bound. */
    public int weight() {
        return weight;
    }

    /**
     * @param coversItself whether the token covers the repository that holds the policy
     */
    private static List<GuardrailCheck> checks(GuardrailRules rails, GuardedGrant grant, boolean coversItself) {
        var checks = new ArrayList<GuardrailCheck>();
        if (rails.repositoryPolicies() != null) {
            checks.add(GuardrailCheck.of(
                    GuardrailRule.REPOSITORY_POLICIES,
                    rails.repositoryPolicies() ? "" : "policies of repositories grant nothing"));
        }
        if (rails.maximum() != null) {
            checks.add(GuardrailCheck.of(GuardrailRule.MAX_PERMISSIONS, above(rails.maximum(), grant)));
        }
        if (rails.denied() != null) {
            var denied = rails.denied();
            checks.add(excess(GuardrailRule.DENIED_PERMISSIONS, grant, denied::contains));
        }
        if (rails.organizationPermissions() != null) {
            boolean allowed = rails.organizationPermissions();
            checks.add(excess(
                    GuardrailRule.ORGANIZATION_PERMISSIONS, grant, name -> !allowed && isBeyondRepositories(name)));
        }
        if (rails.selfRewrite() != null) {
            boolean harmless = rails.selfRewrite() || !coversItself;
            checks.add(GuardrailCheck.of(GuardrailRule.SELF_REWRITE, harmless ? "" : selfRewriteFault(grant)));
        }
        if (rails.subjectPatterns() != null) {
            boolean kept = rails.subjectPatterns() || grant.policy().document().subjectPattern() == null;
            checks.add(GuardrailCheck.of(GuardrailRule.SUBJECT_PATTERNS, kept ? "" : "the policy has subject_pattern"));
        }
        if (rails.issuers() != null) {
            rails.issuers().stream()
                    .filter(issuer -> issuer.isAbout(grant))
                    .forEach(issuer -> add(issuer, grant, checks));
        }
        return checks;
    }

    private static void add(IssuerGuardrail issuer, GuardedGrant grant, List<GuardrailCheck> checks) {
        if (!issuer.owners().isEmpty()) {
            checks.add(GuardrailCheck.of(GuardrailRule.OWNERS, issuer.ownerFault(grant)));
        }
        if (!issuer.subjects().isEmpty()) {
            checks.add(GuardrailCheck.of(GuardrailRule.SUBJECTS, issuer.subjectFault(grant)));
        }
        if (!issuer.claims().isEmpty()) {
            var missing = new StringJoiner(", ");
            issuer.claims().stream()
                    .sorted()
                    .filter(claim -> !grant.policy().decisiveClaims().contains(claim))
                    .forEach(missing::add);
            checks.add(GuardrailCheck.of(
                    GuardrailRule.REQUIRED_CLAIMS,
                    missing.length() == 0 ? "" : "the policy does not check " + missing));
        }
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
