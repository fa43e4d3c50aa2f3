package dev.octosts.policy.lint;

import static dev.octosts.policy.lint.Linting.GRANT;
import static dev.octosts.policy.lint.Linting.ISSUER;
import static dev.octosts.policy.lint.Linting.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.diagnostic.Severity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What people get wrong. */
class MistakeTest {
    private static final int MAX_ROUNDS = 5;

    static final String[][] MISTAKES = {
        {
            ISSUER + SUBJECT + "permissions:\n  pull-requests: write\n",
            "4:3 STS012 unknown permission \"pull-requests\"; did you mean pull_requests?"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  workflow: write\n",
            "4:3 STS012 unknown permission \"workflow\"; did you mean workflows?"
        },
        {ISSUER + SUBJECT + "permissions:\n  id-token: write\n", "4:3 STS012 unknown permission \"id-token\"; remove it"
        },
        {
            "policy:\n  issuer: https://gitlab.com\n  subject: project_path:g/p:ref_type:tag:ref:v1\n",
            "1:1 STS008 unknown key \"policy\"; remove it, and move what stands below it to the left"
        },
        {
            ISSUER + "subject: repo:o@1/r@2:pull_request || repo:o@1/r@3:pull_request\n" + GRANT,
            "2:10 STS033 no token with the subject \"repo:o@1/r@2:pull_request || repo:o@1/r@3:pull_request\" is accepted; write subjects: [repo:o@1/r@2:pull_request, repo:o@1/r@3:pull_request]"
        },
        {
            ISSUER + "subjects: [repo:o@1/r@2:pull_request, 'repo:o@1/r@2:environment:[a-z]+', ' x']\n" + GRANT,
            "2:39 STS040 subjects is compared as it is, so \"repo:o@1/r@2:environment:[a-z]+\" matches nothing; write a subject_pattern instead of subjects, or the exact value here"
        },
        {
            ISSUER + "subjects: [' repo:o@1/r@2:pull_request']\n" + GRANT,
            "2:12 STS033 no token with the subject \" repo:o@1/r@2:pull_request\" is accepted; remove the blanks around it"
        },
        {
            ISSUER + "subjects: [repo:o@1/r@2:pull_request, repo:o@1/r@2]\n" + GRANT,
            "2:39 STS054 GitHub Actions makes no subject such as \"repo:o@1/r@2\"; end it with ref:refs/heads/BRANCH"
        },
        {
            ISSUER + SUBJECT + "claim:\n  job_workflow_reff: x\n" + GRANT,
            "4:3 STS055 tokens of GitHub Actions have no claim \"job_workflow_reff\"; write job_workflow_ref"
        },
        {
            ISSUER + SUBJECT + "claim:\n  ref: [refs/heads/main, next]\n" + GRANT,
            "4:26 STS056 the claim ref starts with refs/heads/, refs/tags/ or refs/pull/, which \"next\" cannot match; write refs/heads/next"
        },
        {
            ISSUER + SUBJECT + "claim:\n  ref: refs/heads/.*\n" + GRANT,
            "4:8 STS040 ref is compared as it is, so \"refs/heads/.*\" matches nothing; write a pattern below claim_pattern, or the exact value here"
        },
        {ISSUER + SUBJECT + "claim:\n  ref: []\n" + GRANT, "4:8 STS015 claim \"ref\" names no value; write at least one"
        },
        {
            ISSUER + SUBJECT + "claim:\n  /a~2: x\n" + GRANT,
            "4:3 STS017 \"/a~2\" is no JSON pointer; write ~0 for a ~ and ~1 for a / inside a name"
        },
        {
            ISSUER + "subjects: repo:o@1/r@2:pull_request\n" + GRANT,
            "2:11 STS015 subjects must be a list of subjects, found text; write it in brackets"
        },
        {
            ISSUER + "subject: 'repo:o@1/r@2:ref:refs/heads/${{ github.ref_name }}'\n" + GRANT,
            "2:10 STS033 no token with the subject \"repo:o@1/r@2:ref:refs/heads/${{ github.ref_name }}\" is accepted; write it out, expressions mean nothing here"
        },
        {
            "issuer: https://oidc.eks.eu-west-1.amazonaws.com/id/AB\nsubject: arn:aws:iam::123456789012:role/deployer\n"
                    + GRANT,
            "2:10 STS054 Kubernetes makes no subject such as \"arn:aws:iam::123456789012:role/deployer\"; write system:serviceaccount:NAMESPACE:NAME"
        },
        {
            ISSUER + SUBJECT + "claim_pattern:\n  job_workflow_ref: .github/workflows/a.yml\n" + GRANT,
            "4:21 STS056 the claim job_workflow_ref is OWNER/REPOSITORY/.github/workflows/FILE@REF"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  pr: write\n",
            "4:3 STS012 unknown permission \"pr\"; did you mean pull_requests?"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  Dependabot alerts: read\n",
            "4:3 STS012 unknown permission \"Dependabot alerts\"; did you mean vulnerability_alerts?"
        },
        {
            ISSUER + "subject: octo-org/octo-repo\n" + GRANT,
            "2:10 STS054 GitHub Actions makes no subject such as \"octo-org/octo-repo\"; write repo:octo-org/octo-repo:ref:"
        },
        {
            ISSUER + "subject_pattern: octo-org/octo-repo:.*\n" + GRANT,
            "2:18 STS054 GitHub Actions makes no subject such as \"octo-org/octo-repo:.*\"; write repo:OWNER/REPOSITORY"
        },
        {
            ISSUER + "subject: repo:o@1/r@2:ref:refs/heads/main:environment:prod\n" + GRANT,
            "2:10 STS054 GitHub Actions makes no subject such as \"repo:o@1/r@2:ref:refs/heads/main:environment:prod\"; a job with an environment has no ref in its subject: write repo:o@1/r@2:environment:prod"
        },
        {
            ISSUER + "subject_pattern: repo:octo-org@1/octo-repo@2:*\n" + GRANT,
            "2:18 STS059 in a pattern \":*\" means any number of \":\"; write repo:octo-org@1/octo-repo@2:.*"
        },
        {
            ISSUER + "subject_pattern: /repo:octo-org@1\\/octo-repo@2:.*/\n" + GRANT,
            "2:18 STS058 the slashes around \"/repo:octo-org@1\\\\/octo-repo@2:.*/\" are part of the pattern; write repo:octo-org@1/octo-repo@2:.*"
        },
        {
            "issuer: https://gitlab.com\nsubject: project_path:g/p:ref:main\n" + GRANT,
            "2:10 STS054 GitLab makes no subject such as \"project_path:g/p:ref:main\"; write project_path:g/p:ref_type:branch:ref:main"
        },
        {
            "issuer: https://gitlab.com\nsubject: project_path:g/p:ref_type:tag:ref:refs/tags/v1\n" + GRANT,
            "2:10 STS054 GitLab makes no subject such as \"project_path:g/p:ref_type:tag:ref:refs/tags/v1\"; write project_path:g/p:ref_type:tag:ref:v1"
        },
        {
            "issuer: https://accounts.google.com\nsubject: bot@p.iam.gserviceaccount.com\n" + GRANT,
            "2:10 STS054 Google makes no subject such as \"bot@p.iam.gserviceaccount.com\"; write the account's unique id"
        },
        {
            "issuer: https://k8s.example\nsubject: serviceaccount:default:app\n" + GRANT,
            "2:10 STS054 Kubernetes makes no subject such as \"serviceaccount:default:app\"; write system:serviceaccount:default:app"
        },
        {
            "issuer: https://agent.buildkite.com\nsubject: organization:o:pipeline:p:ref:refs/heads/main\n" + GRANT,
            "2:10 STS054 Buildkite makes no subject such as \"organization:o:pipeline:p:ref:refs/heads/main\"; its subjects name commit and step"
        },
        {
            "issuer: https://app.terraform.io\nsubject: org:o:project:p:workspace:w:run_phase:apply\n" + GRANT,
            "2:10 STS054 Terraform Cloud makes no subject such as \"org:o:project:p:workspace:w:run_phase:apply\"; write organization:o:"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  contents: read,write\n",
            "4:13 STS013 unknown level \"read,write\" for permission \"contents\"; expected one of read, write, admin (a higher"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  contents: Write\n",
            "4:13 STS013 unknown level \"Write\" for permission \"contents\"; expected one of"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  contents: none\n",
            "4:13 STS013 unknown level \"none\" for permission \"contents\"; expected one of"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  contents: [read, write]\n",
            "4:13 STS010 \"contents\" must be text, found a list; use write, which includes"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  contents:\n",
            "4:12 STS010 \"contents\" must be text, found nothing; write one of read, write, admin"
        },
        {
            ISSUER + SUBJECT + "permissions:\n- contents: read\n",
            "4:1 STS011 permissions must be a mapping, found a list; remove the dashes"
        },
        {
            ISSUER + SUBJECT + "permissions: write-all\n",
            "3:14 STS011 permissions must be a mapping, found text; write name: level"
        },
        {
            ISSUER + SUBJECT + "permissions: {}\n",
            "1:1 STS026 nothing is granted: permissions must name at least one; add"
        },
        {
            ISSUER + SUBJECT + "contents: read\n",
            "3:1 STS008 unknown key \"contents\"; it is a permission, and stands below permissions"
        },
        {
            ISSUER + SUBJECT + "ref: refs/heads/main\n" + GRANT,
            "3:1 STS008 unknown key \"ref\"; it is a claim, and stands below claim_pattern"
        },
        {
            ISSUER + SUBJECT + "claims:\n  ref: refs/heads/main\n" + GRANT,
            "3:1 STS008 unknown key \"claims\"; did you mean claim_pattern?"
        },
        {ISSUER + "sub: repo:o@1/r@2:pull_request\n" + GRANT, "2:1 STS008 unknown key \"sub\"; did you mean subject?"},
        {ISSUER + GRANT, "1:1 STS020 neither subject nor subject_pattern is given; exactly one"},
        {
            ISSUER + SUBJECT + "subject_pattern: repo:o@1/r@2:.*\n" + GRANT,
            "3:1 STS021 both subject and subject_pattern are given; only one"
        },
        {
            ISSUER + SUBJECT + GRANT + "  claim_pattern:\n    ref: x\n",
            "5:3 STS012 unknown permission \"claim_pattern\"; move it to the left"
        },
        {
            ISSUER + "subject:\n  - repo:o@1/r@2:pull_request\n" + GRANT,
            "3:3 STS010 \"subject\" must be text, found a list; use repo:o@1/r@2:pull_request without"
        },
        {
            ISSUER + "subject: [a:b, c]\n" + GRANT,
            "2:10 STS010 \"subject\" must be text, found a list; several subjects stand in subjects"
        },
        {
            ISSUER + SUBJECT + "claim_pattern:\n  ref: \"v\\d+\"\n" + GRANT,
            "STS003 not YAML: a backslash in double quotes starts an escape sequence; use single quotes"
        },
        {
            ISSUER + SUBJECT + "claim_pattern:\n  ref: *\n" + GRANT,
            "STS002 not YAML: unexpected character found (10); put a value that starts with * or & into single quotes"
        },
        {
            ISSUER + SUBJECT + "claim_pattern:\n\tref: x\n" + GRANT,
            "4:1 STS002 not YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation); indent with blanks"
        },
        {
            ISSUER + "subject_pattern: [a-z]+:x\n" + GRANT,
            "STS002 not YAML: expected <block end>, but found '<scalar>'; put a value that starts with ["
        },
        {
            ISSUER + "subject:repo:o/r\n" + GRANT,
            "STS002 not YAML: could not find expected ':'; write a colon and a blank"
        },
        {
            ISSUER + "subject: 'repo:o\n" + GRANT,
            "2:10 STS002 not YAML: a quote is opened here and not closed in this line; close it"
        },
        {
            ISSUER + "subject_pattern: 'repo:o@1/(?!x).*'\n" + GRANT,
            "STS023 the pattern of \"subject_pattern\" does not compile: look-ahead and look-behind are not supported (character 10); name what"
        },
        {
            ISSUER + "subject_pattern: '(a)\\1'\n" + GRANT,
            "STS024 the pattern of \"subject_pattern\" does not compile: back-references are not supported (character 4); write the"
        },
        {
            ISSUER + "subject: repo:o@1/r@2:.*\n" + GRANT,
            "2:10 STS040 subject is compared as it is, so \"repo:o@1/r@2:.*\" matches nothing; write it into subject_pattern"
        },
        {
            ISSUER + "subject: repo:o@1/r@2:ref:refs/heads/*\n" + GRANT,
            "STS040 subject is compared as it is, so \"repo:o@1/r@2:ref:refs/heads/*\" matches nothing; write it into subject_pattern, as repo:o@1/r@2:ref:refs/heads/.*"
        },
        {
            ISSUER + "subject: repo:o@1/r@2:branch:main\n" + GRANT,
            "STS054 GitHub Actions makes no subject such as \"repo:o@1/r@2:branch:main\"; write repo:o@1/r@2:ref:refs/heads/main"
        },
        {
            ISSUER + "subject: repo:o@1/r@2:refs/heads/main\n" + GRANT,
            "STS054 GitHub Actions makes no subject such as \"repo:o@1/r@2:refs/heads/main\"; write repo:o@1/r@2:ref:refs/heads/main"
        },
        {
            ISSUER + "subject: repo:o@1/r@2:main\n" + GRANT,
            "STS054 GitHub Actions makes no subject such as \"repo:o@1/r@2:main\"; end it with ref:refs/heads/BRANCH"
        },
        {
            ISSUER + "subject: o@1/r@2:ref:refs/heads/main\n" + GRANT,
            "STS054 GitHub Actions makes no subject such as \"o@1/r@2:ref:refs/heads/main\"; write repo:o@1/r@2:ref:refs/heads/main"
        },
        {
            ISSUER + "subject: repo:o/r:ref:refs/heads/main\n" + GRANT,
            "STS051 repositories that were created, renamed or moved since July 2026 have subjects with ids, repo:OWNER@ID/REPO@ID; accept both with subject_pattern: repo:o(@[0-9]+)?/r(@[0-9]+)?:ref:refs/heads/main"
        },
        {
            ISSUER + "subject_pattern: repo:o/.*\n" + GRANT,
            "STS051 repositories that were created, renamed or moved since July 2026 have subjects with ids, repo:OWNER@ID/REPO@ID; accept both with subject_pattern: repo:o(@[0-9]+)?/.*"
        },
        {
            "issuer: token.actions.githubusercontent.com\n" + SUBJECT + GRANT,
            "1:9 STS032 \"token.actions.githubusercontent.com\" is no issuer: an https address without query and fragment is expected; write https://token.actions.githubusercontent.com"
        },
        {
            "issuer: https://token.actions.githubusercontent.com/\n" + SUBJECT + GRANT,
            "1:9 STS053 no token has the issuer \"https://token.actions.githubusercontent.com/\"; write https://token.actions.githubusercontent.com"
        },
        {
            "issuer: https://github.com\n" + SUBJECT + GRANT,
            "1:9 STS053 no token has the issuer \"https://github.com\"; write https://token.actions"
        },
        {
            "issuer: https://*.example.com\nsubject: x\n" + GRANT,
            "STS040 issuer is compared as it is, so \"https://*.example.com\" matches nothing; write it into issuer_pattern, as https://[^/]*\\.example\\.com"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  workflows: read\n",
            "4:14 STS035 GitHub offers workflows: write only, not read; write write, or remove it"
        },
        {
            ISSUER + SUBJECT + GRANT + "repositories: [octo-repo]\n",
            "5:1 STS014 repositories is for organization policies; a repository"
        },
        {
            ISSUER + SUBJECT + GRANT + "  contents: read\n",
            "5:3 STS009 duplicate key \"contents\", first given in line 4; keep one"
        },
        {
            ISSUER + SUBJECT + "claim_pattern:\n  job_workflow_ref: x\\.yml\n" + GRANT,
            "STS056 the claim job_workflow_ref is OWNER/REPOSITORY/.github/workflows/FILE@REF, which \"x\\\\.yml\" cannot match; write it"
        },
        {
            ISSUER + SUBJECT + "claim_pattern:\n  workflow_reff: octo/x\n" + GRANT,
            "STS055 tokens of GitHub Actions have no claim \"workflow_reff\"; write workflow_ref"
        },
        {
            ISSUER + "subject_pattern: repo:octo.*:ref:refs/heads/main\n" + GRANT,
            "STS044 workflows in repositories of other owners match, too; start the subject with repo:OWNER/"
        },
        {
            "<<<<<<< HEAD\n" + ISSUER + SUBJECT + GRANT,
            "STS002 not YAML: a merge conflict is left in the file; resolve it"
        },
    };

    @Test
    void without_one_there_is_nothing_to_say() {
        assertThat(Linting.lint(Linting.CLEAN)).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("MISTAKES")
    void is_told_with_its_cause_and_its_remedy_in_one_line(String file, String line) {
        assertThat(Linting.told(file, Linting.repository()))
                .anySatisfy(told -> assertThat(told).contains(line))
                .noneSatisfy(told -> assertThat(told).contains("\n"));
    }

    @ParameterizedTest
    @FieldSource("MISTAKES")
    void passes_when_its_suggested_fix_is_applied(String file, String line) {
        List<Fix> suggested = PolicyLinter.lint(Linting.bytes(file), Linting.repository()).stream()
                .filter(diagnostic -> Linting.told(diagnostic).contains(line))
                .flatMap(diagnostic -> diagnostic.fix().stream())
                .toList();

        assertThat(suggested).hasSize(1);
        if (suggested.getFirst().isMechanical()) {
            byte[] fixed = Fix.apply(Linting.bytes(file), suggested);
            assertThat(PolicyLinter.lint(fixed, Linting.repository()))
                    .as(new String(fixed, StandardCharsets.UTF_8))
                    .noneMatch(left -> left.severity() == Severity.ERROR)
                    .noneMatch(left -> Linting.told(left).contains(line));
        }
    }

    @ParameterizedTest
    @FieldSource("MISTAKES")
    void comes_to_an_end_of_its_mechanical_fixes(String file, String line) {
        byte[] fixed = Linting.bytes(file);
        for (int round = 0; round <= MAX_ROUNDS; round++) {
            List<Fix> fixes = PolicyLinter.lint(fixed, Linting.repository()).stream()
                    .flatMap(diagnostic -> diagnostic.fix().stream())
                    .filter(Fix::isMechanical)
                    .toList();
            if (fixes.isEmpty()) {
                return;
            }
            assertThat(round).as("fixes come to an end").isLessThan(MAX_ROUNDS);
            byte[] before = fixed;
            fixed = Fix.apply(fixed, fixes);
            assertThat(fixed).isNotEqualTo(before);
        }
    }
}
