package dev.octosts.policy.lint;

import static dev.octosts.policy.lint.Linting.GRANT;
import static dev.octosts.policy.lint.Linting.ISSUER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.diagnostic.Severity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the linter says about a subject when it is known how GitHub makes those of the repository. */
class SubjectKnowledgeTest {
    private static final SubjectKnowledge WITH_IDS = SubjectKnowledge.created(SubjectKnowledge.IDS_SINCE);
    private static final SubjectKnowledge OLD = told("repo:octo-org/octo-repo");
    private static final SubjectKnowledge IDS = told("repo:octo-org@9919/octo-repo@1296269");
    private static final String CAUSE = "tokens of octo-org/octo-repo have subjects such as ";

    private static SubjectKnowledge told(String prefix, String... claimKeys) {
        return SubjectKnowledge.told(claimKeys.length == 0, prefix.contains("@"), prefix, List.of(claimKeys));
    }

    private static List<Diagnostic> lint(String subject, SubjectKnowledge knowledge) {
        return PolicyLinter.lint(
                Linting.bytes(ISSUER + subject + "\n" + GRANT),
                Linting.repository().with(knowledge));
    }

    @Test
    void a_subject_without_ids_is_a_hint_where_nobody_can_know() {
        assertThat(lint("subject: repo:octo-org/octo-repo:pull_request", SubjectKnowledge.UNKNOWN))
                .singleElement()
                .satisfies(hint -> {
                    assertThat(hint.code().id()).isEqualTo("STS051");
                    assertThat(hint.severity()).isEqualTo(Severity.HINT);
                });
    }

    @Test
    void a_subject_without_ids_is_an_error_where_the_repository_is_too_young_for_it() {
        assertThat(lint("subject: repo:octo-org/octo-repo:pull_request", WITH_IDS))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.severity()).isEqualTo(Severity.ERROR);
                    assertThat(Linting.told(error))
                            .isEqualTo(
                                    "2:10 STS051 " + CAUSE
                                            + "repo:octo-org@ID/octo-repo@ID:pull_request, which \"repo:octo-org/octo-repo:pull_request\" never matches;"
                                            + " write the ids, or subject_pattern: repo:octo-org(@[0-9]+)?/octo-repo(@[0-9]+)?:pull_request");
                });
    }

    @Test
    void the_day_before_decides_nothing() {
        assertThat(SubjectKnowledge.created(SubjectKnowledge.IDS_SINCE - 1)).isEqualTo(SubjectKnowledge.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subject: repo:octo-org@9919/octo-repo@1296269:pull_request",
                "subject: repo:octo-org/another:pull_request",
                "subject: repo:Octo-Org/another:pull_request",
                "subject_pattern: repo:octo-org/.*",
                "subject_pattern: repo:octo-org(@[0-9]+)?/octo-repo(@[0-9]+)?:ref:refs/heads/.+",
                "subjects: ['repo:octo-org/octo-repo:pull_request', 'repo:octo-org@9919/octo-repo@1296269:pull_request']",
            })
    void what_may_have_ids_or_is_about_other_repositories_is_no_error(String subject) {
        assertThat(lint(subject, WITH_IDS))
                .filteredOn(found -> found.severity() == Severity.ERROR)
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "subject: repo:octo-org/octo-repo:environment:prod",
                "subject: repo:Octo-Org/Octo-Repo:environment:prod",
                "subject_pattern: repo:octo-org/octo-repo:ref:refs/heads/.+",
                "subject_pattern: ^repo:octo-org/octo-repo:.*$",
                "subjects: ['repo:octo-org/octo-repo:pull_request', 'repo:octo-org/octo-repo:environment:prod']",
            })
    void without_ids_nothing_matches_where_there_are_ids(String subject) {
        assertThat(lint(subject, WITH_IDS)).first().satisfies(error -> {
            assertThat(error.severity()).isEqualTo(Severity.ERROR);
            assertThat(error.message()).startsWith(CAUSE);
        });
        assertThat(lint(subject, IDS))
                .first()
                .satisfies(error -> assertThat(error.severity()).isEqualTo(Severity.ERROR));
    }

    @Test
    void github_knows_the_ids_and_the_fix_writes_them() {
        String file = ISSUER + "subject: repo:octo-org/octo-repo:environment:prod\n" + GRANT;
        Diagnostic error = PolicyLinter.lint(
                        Linting.bytes(file), Linting.repository().with(IDS))
                .getFirst();

        assertThat(error.message()).endsWith("; write repo:octo-org@9919/octo-repo@1296269:environment:prod");
        assertThat(error.isPlainlyFixed()).isFalse();
        assertThat(new String(
                        Fix.apply(Linting.bytes(file), error.fix().stream().toList()), StandardCharsets.UTF_8))
                .isEqualTo(ISSUER + "subject: repo:octo-org@9919/octo-repo@1296269:environment:prod\n" + GRANT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subject: repo:octo-org/octo-repo:pull_request",
                "subject_pattern: repo:octo-org/octo-repo:ref:refs/heads/.+",
            })
    void nothing_is_said_where_the_repository_has_the_old_form(String subject) {
        assertThat(lint(subject, OLD)).isEmpty();
    }

    @Test
    void ids_match_nothing_where_there_are_none() {
        assertThat(lint("subject: repo:octo-org@9919/octo-repo@1296269:pull_request", OLD))
                .first()
                .satisfies(error -> assertThat(Linting.told(error))
                        .startsWith("2:10 STS051 " + CAUSE + "repo:octo-org/octo-repo:pull_request, which"));
    }

    @Test
    void the_prefix_decides_where_it_differs_from_the_flag() {
        SubjectKnowledge odd = SubjectKnowledge.told(true, false, "repo:octo-org@9919/octo-repo@1296269", List.of());

        assertThat(lint("subject: repo:octo-org/octo-repo:pull_request", odd))
                .first()
                .satisfies(error -> assertThat(error.severity()).isEqualTo(Severity.ERROR));
    }

    @Test
    void other_ids_are_another_repository() {
        assertThat(lint("subject: repo:octo-org@1/octo-repo@2:pull_request", IDS))
                .first()
                .satisfies(error -> assertThat(error.severity()).isEqualTo(Severity.ERROR));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "repository_owner,context | subject: repository_owner:octo-org:environment:prod",
                "repository_owner,context | subject: repository_owner:octo-org:pull_request",
                "repository_owner,context | subject_pattern: repository_owner:octo-org:ref:refs/heads/.+",
                "repo,actor | subject: repo:octo-org/octo-repo:actor:octocat",
                "repo,context,job_workflow_ref | subject: repo:octo-org/octo-repo:ref:refs/heads/main:job_workflow_ref:octo-org/octo-repo/.github/workflows/a.yml@refs/heads/main",
            })
    void a_subject_of_the_repositorys_own_claims_is_right(String keys, String subject) {
        assertThat(lint(subject, told("repo:octo-org/octo-repo", keys.split(","))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "repository_owner,context | repository_owner:octo-org:environment:prod",
                "repository,environment | repository:octo-org/octo-repo:environment:ENVIRONMENT",
                "repo,actor | repo:octo-org/octo-repo:actor:ACTOR",
            })
    void the_usual_subject_matches_nothing_where_the_repository_has_claims_of_its_own(String keys, String example) {
        assertThat(lint(
                        "subject: repo:octo-org/octo-repo:environment:prod",
                        told("repo:octo-org/octo-repo", keys.split(","))))
                .first()
                .satisfies(error -> {
                    assertThat(error.severity()).isEqualTo(Severity.ERROR);
                    assertThat(error.message())
                            .startsWith(CAUSE + example + ", which")
                            .endsWith("; write the claims that it is made of: " + keys.replace(",", ", "));
                });
    }

    @Test
    void the_organizations_template_is_not_known() {
        assertThat(SubjectKnowledge.told(false, false, "repo:octo-org/octo-repo", List.of()))
                .isEqualTo(SubjectKnowledge.UNKNOWN);
    }

    @Test
    void a_policy_of_the_organization_is_about_other_repositories() {
        var policy = Linting.bytes(ISSUER + "subject: repo:octo-org/octo-repo:pull_request\n" + GRANT);

        assertThat(PolicyLinter.lint(policy, Linting.organization().with(WITH_IDS)))
                .noneMatch(found -> found.severity() == Severity.ERROR);
    }
}
