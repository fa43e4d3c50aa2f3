package dev.octosts.policy.guardrail;

import dev.octosts.policy.diagnostic.Parsed;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    public static final List<String> ISSUER_KEYS = IssuerGuardrail.KEYS;

    /** More repositories than these are treated as all repositories. */
    private static final int MAX_COVERED = 100;

    private final GuardrailRules rules;
    private final List<RulesForRepositories> overrides;
    private final int weight;

    Guardrails(GuardrailRules rules, List<RulesForRepositories> overrides, int weight) {
        this.rules = rules;
        this.overrides = List.copyOf(overrides);
        this.weight = weight;
    }

    /** Reads the file; at most 1 MiB. */
    public static Parsed<Guardrails> read(byte[] file) {
        return GuardrailsParser.read(file);
    }

    /** The rules that apply to some repositories instead. */
    record RulesForRepositories(List<RepositoryGlob> repositories, GuardrailRules rules) {
        RulesForRepositories {
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

    /** Whether a grant by a repository's policy keeps within the limits, rule by rule. */
    public GuardrailVerdict judge(GuardedGrant grant) {
        GuardrailRules applied = rules(grant.owner(), grant.repository());
        return new GuardrailVerdict(applied.mode(), applied.checks(grant, true));
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
                .map(applied -> new GuardrailVerdict(applied.mode(), organizationChecks(applied, grant, coversItself)))
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
        return applied.checks(grant, coversItself).stream()
                .filter(check -> check.rule() != GuardrailRule.REPOSITORY_POLICIES)
                .toList();
    }

    /** The rules for the policy repository, and for each repository that the token covers. */
    private Set<GuardrailRules> applying(GuardedGrant grant, List<String> covered) {
        var applying = new LinkedHashSet<GuardrailRules>();
        applying.add(rules(grant.owner(), grant.repository()));
        if (!covered.isEmpty() && covered.size() <= MAX_COVERED) {
            covered.forEach(repository -> applying.add(rules(grant.owner(), repository)));
            return applying;
        }
        // The repositories are not known: the limits without an override apply, and each override that may be about
        // one.
        applying.add(rules);
        overrides.stream()
                .filter(override -> override.mayBeAbout(grant.owner()))
                .forEach(override -> applying.add(override.rules().over(rules)));
        return applying;
    }

    /**
     * The effect on a review of a repository's policies that finds warnings: in {@link Mode#ENFORCE} it fails, in
     * {@link Mode#AUDIT} it passes and says that it would have failed; empty when warnings are allowed.
     */
    public Optional<Mode> deniedWarnings(String owner, String repository) {
        GuardrailRules applied = rules(owner, repository);
        return applied.denyWarnings() ? Optional.of(applied.mode()) : Optional.empty();
    }

    /** The rules for a repository. */
    private GuardrailRules rules(String owner, String repository) {
        GuardrailRules applied = rules;
        for (RulesForRepositories override : overrides) {
            if (override.isAbout(owner, repository)) {
                applied = override.rules().over(applied);
            }
        }
        return applied;
    }

    /** Roughly the bytes of memory that the rules hold, for a cache's bound. */
    public int weight() {
        return weight;
    }

    /** The kinds of rules that guard rails can have. */
    public enum GuardrailRule {
        /** Whether policies of repositories grant at all. */
        REPOSITORY_POLICIES("repository_policies", false),
        /** The highest level of each permission; permissions that are not named are not granted. */
        MAX_PERMISSIONS("max_permissions", true),
        /** Permissions that are not granted at any level. */
        DENIED_PERMISSIONS("denied_permissions", true),
        /** Whether a repository's policy may grant permissions that go beyond a repository. */
        ORGANIZATION_PERMISSIONS("organization_permissions", true),
        /** Whether a grant may let its receiver change the policy that grants it. */
        SELF_REWRITE("self_rewrite", true),
        /** Whether policies may have a pattern for the subject. */
        SUBJECT_PATTERNS("subject_patterns", false),
        /** The owners whose tokens are accepted from an issuer. */
        OWNERS("issuers.owners", false),
        /** The subjects that are accepted from an issuer. */
        SUBJECTS("issuers.subjects", false),
        /** The claims of an issuer's tokens that a policy has to check. */
        REQUIRED_CLAIMS("issuers.required_claims", false);

        private final String key;
        private final boolean permissions;

        GuardrailRule(String key, boolean permissions) {
            this.key = key;
            this.permissions = permissions;
        }

        /** The key in the file. */
        public String key() {
            return key;
        }

        /** Whether the rule limits the permissions that are granted, and not the callers who get them. */
        public boolean isAboutPermissions() {
            return permissions;
        }
    }

    /**
     * A guard rail applied to a grant.
     *
     * @param rule which one
     * @param satisfied whether the grant keeps within it
     * @param detail what does not, for operators; empty when all does
     */
    public record GuardrailCheck(GuardrailRule rule, boolean satisfied, String detail) {

        static GuardrailCheck of(GuardrailRule rule, String detail) {
            return new GuardrailCheck(rule, detail.isEmpty(), detail);
        }
    }

    /**
     * The result of checking a grant against guard rails.
     *
     * @param mode what it means when one is not kept
     * @param checks one for each rule that the file gives for the repository, in the order of {@link GuardrailRule}
     */
    public record GuardrailVerdict(Mode mode, List<GuardrailCheck> checks) {

        /** No rule applies. */
        public static final GuardrailVerdict NONE = new GuardrailVerdict(Mode.ENFORCE, List.of());

        public GuardrailVerdict {
            checks = List.copyOf(checks);
        }

        /** The rules that the grant does not keep. */
        public List<GuardrailCheck> violations() {
            return checks.stream().filter(check -> !check.satisfied()).toList();
        }

        /** Whether it keeps all of them. */
        public boolean satisfied() {
            return checks.stream().allMatch(GuardrailCheck::satisfied);
        }

        /** Whether the grant is given: because it keeps every rule, or because violations are only recorded. */
        public boolean permits() {
            return mode == Mode.AUDIT || satisfied();
        }
    }
}
