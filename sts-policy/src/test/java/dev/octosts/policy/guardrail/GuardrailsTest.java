package dev.octosts.policy.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.octosts.policy.Claims;
import dev.octosts.policy.Policies;
import dev.octosts.policy.diagnostic.Parsed;
import dev.octosts.policy.guardrail.Guardrails.GuardrailCheck;
import dev.octosts.policy.guardrail.Guardrails.GuardrailRule;
import dev.octosts.policy.guardrail.Guardrails.GuardrailVerdict;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardrailsTest {
    private static final String ISSUER = "https://token.actions.githubusercontent.com";
    private static final String ABOUT = "issuers: [{issuer: " + ISSUER + ", ";

    static final String[][] INVALID = {
        {"", "1:1 the file is empty"},
        {"[a]", "1:1 the file is a mapping"},
        {"{}", "1:1 the file gives no rule"},
        {"mode: audit\n", "1:1 the file gives no rule"},
        {"self_rewrites: deny\n", "1:1 unknown key \"self_rewrites\"; did you mean self_rewrite?"},
        {"self_rewrite: deny\nself_rewrite: deny\n", "2:1 duplicate key"},
        {"self_rewrite: false\n", "1:15 self_rewrite is \"false\"; expected allow or deny"},
        {"self_rewrite: [deny]\n", "1:15 self_rewrite is \"a list or a mapping\""},
        {"mode: strict\nself_rewrite: deny\n", "1:7 unknown mode \"strict\"; expected enforce or audit"},
        {"warnings: fail\n", "1:11 warnings is \"fail\"; expected allow or deny"},
        {"max_permissions: {}\n", "1:18 max_permissions allows nothing"},
        {"max_permissions: [contents]\n", "1:18 max_permissions must be a mapping"},
        {"max_permissions: {content: read}\n", "1:19 unknown permission \"content\"; did you mean contents?"},
        {"max_permissions: {contents: all}\n", "1:29 unknown level \"all\""},
        {"max_permissions: {contents: ~}\n", "1:29 unknown level"},
        {"denied_permissions: secrets\n", "1:21 denied_permissions must be a list"},
        {"denied_permissions: [secret]\n", "1:22 unknown permission \"secret\""},
        {"issuers: https://a.example\n", "1:10 issuers must be a list of mappings"},
        {"issuers: [https://a.example]\n", "1:11 an entry of issuers must be a mapping"},
        {"issuers: [{owners: [a]}]\n", "1:11 neither issuer nor issuer_pattern is given"},
        {
            "issuers: [{issuer: https://a.example, issuer_pattern: x, owners: [a]}]\n",
            "1:39 both issuer and issuer_pattern are given"
        },
        {"issuers: [{issuer: a.example, owners: [a]}]\n", "1:20 \"a.example\" is no issuer"},
        {"issuers: [{issuer: [https://a.example], owners: [a]}]\n", "1:20 issuer must be one text"},
        {"issuers: [{issuer_pattern: (, owners: [a]}]\n", "1:28 the pattern does not compile"},
        {ABOUT + "owners: [a/b]}]\n", "no account is named \"a/b\""},
        {ABOUT + "subjects: ['(?=x)']}]\n", "the pattern does not compile"},
        {ABOUT + "audiences: [a]}]\n", "unknown key \"audiences\""},
        {"issuers: [{issuer: " + ISSUER + "}]\n", "1:11 nothing is asked of this issuer"},
        {"overrides: [a]\n", "1:13 an override must be a mapping"},
        {"overrides: [{self_rewrite: deny}]\n", "1:13 no repositories are named"},
        {"overrides: [{repositories: [], self_rewrite: deny}]\n", "1:13 no repositories are named"},
        {"overrides: [{repositories: [a]}]\n", "1:13 the override gives no rule"},
        {"overrides: [{repositories: ['a b'], self_rewrite: deny}]\n", "1:29 no repository matches \"a b\""},
        {
            "overrides: [{repositories: ['octo-.*'], self_rewrite: deny}]\n",
            "1:29 \"octo-.*\" is a glob: * alone is any text there, so write \"octo-*\"; for a dot and more write .?*"
        },
        {"overrides: [{repositories: [a], overrides: []}]\n", "1:33 unknown key \"overrides\""},
        {
            "overrides:\n" + "- {repositories: [a], self_rewrite: deny}\n".repeat(65),
            "1:1 overrides has 65 entries; at most 64"
        },
        {
            "overrides:\n" + ("- repositories: [" + "a,".repeat(100) + "]\n  self_rewrite: deny\n").repeat(3),
            "more than 256 globs in all"
        },
    };

    @ParameterizedTest
    @FieldSource("INVALID")
    void refuses(String file, String fault) {
        assertThat(Guardrails.read(file.getBytes(StandardCharsets.UTF_8)).faults())
                .extracting(each -> each.line() + ":" + each.column() + " " + each.message())
                .anySatisfy(each -> assertThat(each).contains(fault));
    }

    /** What a policy of octo-org/octo-repo grants to a workflow of the same repository; rows change one thing. */
    record Case(String repository, String policy, Map<String, Object> claims) {

        static Case base() {
            return new Case(
                    "octo-repo",
                    """
                    issuer: %s
                    subject: repo:octo-org/octo-repo:ref:refs/heads/main
                    claim_pattern:
                      repository_owner_id: '9919'
                      ref: .*
                    permissions:
                      contents: read
                      issues: write
                    """.formatted(ISSUER),
                    Map.of("repository_owner", "octo-org", "repository", "octo-org/octo-repo"));
        }

        Case granting(String permission) {
            return new Case(repository, policy + "  " + permission + "\n", claims);
        }

        Case with(String from, String to) {
            return new Case(repository, policy.replace(from, to), claims);
        }

        Case in(String other) {
            return new Case(other, policy, claims);
        }

        Case without(String claim) {
            var others = new HashMap<>(claims);
            others.remove(claim);
            return new Case(repository, policy, others);
        }

        GuardedGrant grant() {
            var compiled = Policies.valid(policy);
            var presented =
                    new Claims(ISSUER, "repo:octo-org/octo-repo:ref:refs/heads/main", List.of(), new HashMap<>(claims));
            return new GuardedGrant(
                    "octo-org",
                    repository,
                    compiled,
                    presented,
                    compiled.grant().permissions());
        }
    }

    static Stream<Arguments> rules() {
        return Stream.of(
                row(
                        "max_permissions: {contents: read, issues: write}",
                        c -> c.granting("checks: read"),
                        "max_permissions",
                        "checks: read (not allowed at all)"),
                row(
                        "max_permissions: {contents: read, issues: write}",
                        c -> c.with("contents: read", "contents: write"),
                        "max_permissions",
                        "contents: write (at most read)"),
                row(
                        "denied_permissions: [secrets, checks]",
                        c -> c.granting("checks: read"),
                        "denied_permissions",
                        "checks: read"),
                row(
                        "organization_permissions: deny",
                        c -> c.granting("members: read"),
                        "organization_permissions",
                        "members: read"),
                row(
                        "self_rewrite: deny",
                        c -> c.with("contents: read", "contents: write"),
                        "self_rewrite",
                        "contents: write changes the policy itself"),
                row(
                        "self_rewrite: deny",
                        c -> c.granting("workflows: write"),
                        "self_rewrite",
                        "workflows: write changes the workflow that gets the token"),
                row(
                        "subject_patterns: deny",
                        c -> c.with("subject:", "subject_pattern:"),
                        "subject_patterns",
                        "the policy has subject_pattern"),
                row(
                        ABOUT + "owners: [OCTO-org]}]",
                        c -> c.without("repository_owner"),
                        "issuers.owners",
                        "the token does not name its repository_owner"),
                row(
                        ABOUT + "required_claims: [repository_owner_id]}]",
                        c -> c.with("repository_owner_id", "repository_owner"),
                        "issuers.required_claims",
                        "the policy does not check repository_owner_id"),
                row(
                        ABOUT + "required_claims: [repository_owner_id]}]",
                        c -> c.with("'9919'", ".*"),
                        "issuers.required_claims",
                        "the policy does not check repository_owner_id"),
                row(
                        "{repository_policies: allow, overrides: [{repositories: [infra-*], repository_policies: deny}]}",
                        c -> c.in("infra-dns"),
                        "repository_policies",
                        "policies of repositories grant nothing"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("rules")
    void keeps_a_grant_within(String file, UnaryOperator<Case> change, String rule, String detail) {
        Guardrails rails = valid(file);

        assertThat(rails.judge(Case.base().grant()).violations()).isEmpty();
        GuardrailVerdict verdict = rails.judge(change.apply(Case.base()).grant());
        assertThat(verdict.permits()).isFalse();
        assertThat(verdict.violations())
                .extracting(check -> check.rule().key(), GuardrailCheck::detail)
                .containsExactly(tuple(rule, detail));
    }

    @Test
    void accepts_only_the_owners_and_subjects_that_are_listed_for_the_issuer() {
        GuardedGrant grant = Case.base().grant();

        assertThat(valid(ABOUT + "owners: [another]}]").judge(grant).violations())
                .extracting(GuardrailCheck::detail)
                .containsExactly("the token's repository_owner is octo-org");
        assertThat(valid(ABOUT + "subjects: ['repo:octo-org/other:.*', 'octo']}]")
                        .judge(grant)
                        .violations())
                .extracting(GuardrailCheck::detail)
                .containsExactly("the token's subject is repo:octo-org/octo-repo:ref:refs/heads/main");
        assertThat(valid(ABOUT + "subjects: ['nope', 'repo:octo-org/[^:]+:.*']}]")
                        .judge(grant)
                        .satisfied())
                .isTrue();
        assertThat(valid("issuers: [{issuer_pattern: 'https://other\\..*', owners: [another]}]")
                        .judge(grant)
                        .checks())
                .isEmpty();
        assertThat(valid("issuers: [{issuer_pattern: 'https://token\\..*', owners: [another]}]")
                        .judge(grant)
                        .permits())
                .isFalse();
    }

    @Test
    void audit_permits_and_tells() {
        GuardrailVerdict verdict = valid("mode: audit\nrepository_policies: deny\n")
                .judge(Case.base().grant());

        assertThat(verdict.permits()).isTrue();
        assertThat(verdict.mode()).isEqualTo(Mode.AUDIT);
        assertThat(verdict.violations()).hasSize(1);
    }

    @Test
    void tells_of_every_rule_and_of_all_that_is_beyond_one() {
        GuardrailVerdict verdict = valid(
                        "max_permissions: {contents: read}\nself_rewrite: deny\ndenied_permissions: [issues]\n")
                .judge(Case.base().granting("checks: write").grant());

        assertThat(verdict.checks())
                .extracting(GuardrailCheck::toString)
                .containsExactly(
                        "GuardrailCheck[rule=MAX_PERMISSIONS, satisfied=false, detail=checks: write (not allowed at all), issues: write (not allowed at all)]",
                        "GuardrailCheck[rule=DENIED_PERMISSIONS, satisfied=false, detail=issues: write]",
                        "GuardrailCheck[rule=SELF_REWRITE, satisfied=true, detail=]");
    }

    @Test
    void of_several_overrides_the_last_that_says_something_wins() {
        Guardrails rails = valid("""
                mode: audit
                repository_policies: deny
                self_rewrite: deny
                overrides:
                  - repositories: ['*']
                    mode: enforce
                    repository_policies: allow
                  - repositories: ['octo-org/octo-*']
                    repository_policies: deny
                """);

        GuardrailVerdict verdict = rails.judge(Case.base().grant());
        assertThat(verdict.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(verdict.violations())
                .extracting(GuardrailCheck::rule)
                .containsExactly(GuardrailRule.REPOSITORY_POLICIES);
        assertThat(verdict.checks()).hasSize(2);
        assertThat(rails.judge(Case.base().in("other").grant()).satisfied()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "warnings: deny | ENFORCE",
                "{warnings: deny, mode: audit} | AUDIT",
                "warnings: allow | ",
                "{warnings: ~, self_rewrite: deny} | ",
                "self_rewrite: deny | ",
                "{warnings: deny, overrides: [{repositories: [octo-*], warnings: allow}]} | ",
                "{warnings: deny, overrides: [{repositories: [octo-*], mode: audit}]} | AUDIT",
                "{self_rewrite: deny, overrides: [{repositories: [OCTO-ORG/Octo-Repo], warnings: deny}]} | ENFORCE",
                "{self_rewrite: deny, overrides: [{repositories: [others/*], warnings: deny}]} | ",
            })
    void says_what_becomes_of_reviews_with_warnings(String file, @Nullable Mode mode) {
        assertThat(valid(file).deniedWarnings("octo-org", "octo-repo")).isEqualTo(Optional.ofNullable(mode));
    }

    @Test
    void warnings_do_not_matter_to_a_grant() {
        assertThat(valid("warnings: deny\n").judge(Case.base().grant())).isEqualTo(GuardrailVerdict.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mode: ''\nself_rewrite: deny\n",
                "mode:\nself_rewrite: deny\n",
                "self_rewrite: deny\nissuers: ~\n"
            })
    void a_plain_null_is_not_given_and_the_mode_is_enforce(String file) {
        assertThat(valid(file).judge(Case.base().grant()).mode()).isEqualTo(Mode.ENFORCE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // rules; repositories that the token covers; what is broken in which mode
                "max_permissions: {contents: read, issues: read} | a | MAX_PERMISSIONS ENFORCE",
                "max_permissions: {contents: read, issues: write} | | ENFORCE",
                "denied_permissions: [issues] | | DENIED_PERMISSIONS ENFORCE",
                "{denied_permissions: [issues], mode: audit} | | DENIED_PERMISSIONS AUDIT",
                "subject_patterns: deny | | ENFORCE",
                "repository_policies: deny | | ENFORCE",
                "{denied_permissions: [], self_rewrite: allow, "
                        + "overrides: [{repositories: [a], denied_permissions: [issues]}]} | a | DENIED_PERMISSIONS ENFORCE",
                "{self_rewrite: allow, overrides: [{repositories: [a], denied_permissions: [issues]}]} | b,c | ENFORCE",
                "{self_rewrite: allow, overrides: [{repositories: [a], denied_permissions: [issues]}]} | "
                        + "| DENIED_PERMISSIONS ENFORCE",
                "{self_rewrite: allow, overrides: [{repositories: [x/a], denied_permissions: [issues]}]} | | ENFORCE",
                "{denied_permissions: [issues], overrides: [{repositories: [a], denied_permissions: [workflows]}]} | a "
                        + "| DENIED_PERMISSIONS ENFORCE",
                "{denied_permissions: [issues], overrides: [{repositories: [a, .github], denied_permissions: [workflows]}]} | a | ENFORCE",
                "{denied_permissions: [issues], overrides: [{repositories: [a, .github], denied_permissions: [workflows]}]} | "
                        + "| DENIED_PERMISSIONS ENFORCE",
                "{denied_permissions: [issues], overrides: [{repositories: ['*'], mode: audit}]} | a "
                        + "| DENIED_PERMISSIONS AUDIT",
                "{denied_permissions: [issues], overrides: [{repositories: [a], mode: audit}]} | a "
                        + "| DENIED_PERMISSIONS ENFORCE",
            })
    void binds_policies_of_organizations(String file, @Nullable String covered, String broken) {
        List<String> repositories = covered == null ? List.of() : List.of(covered.split(","));

        GuardrailVerdict verdict =
                valid(file).judgeOrganizationPolicy(Case.base().in(".github").grant(), repositories);

        String rules = verdict.violations().stream()
                .map(check -> check.rule().name() + " ")
                .collect(java.util.stream.Collectors.joining());
        assertThat(rules + verdict.mode()).isEqualTo(broken);
        assertThat(verdict.permits()).isEqualTo(!broken.contains(" ENFORCE"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"| false", ".GITHUB | false", "a,.github | false", "a | true", "a,b | true"})
    void a_policy_of_an_organization_rewrites_itself_when_its_token_covers_the_policy_repository(
            @Nullable String covered, boolean permitted) {
        List<String> repositories = covered == null ? List.of() : List.of(covered.split(","));
        var grant = Case.base()
                .with("contents: read", "contents: write")
                .in(".github")
                .grant();

        assertThat(valid("self_rewrite: deny\n")
                        .judgeOrganizationPolicy(grant, repositories)
                        .permits())
                .isEqualTo(permitted);
    }

    @Test
    void a_token_for_very_many_repositories_counts_as_one_for_all() {
        List<String> many =
                java.util.stream.IntStream.range(0, 101).mapToObj(i -> "r" + i).toList();
        Guardrails rails =
                valid("{self_rewrite: deny, overrides: [{repositories: [a], denied_permissions: [issues]}]}");

        assertThat(rails.judgeOrganizationPolicy(Case.base().in(".github").grant(), many)
                        .permits())
                .isFalse();
    }

    private static Arguments row(String file, UnaryOperator<Case> change, String rule, String detail) {
        return Arguments.of(file, Named.of(detail, change), rule, detail);
    }

    private static Guardrails valid(String file) {
        return switch (Guardrails.read(file.getBytes(StandardCharsets.UTF_8))) {
            case Parsed.Valid(var rails) -> rails;
            case Parsed.Invalid(var faults) -> throw new AssertionError(faults);
        };
    }
}
