package dev.octosts.policy.lint;

import static dev.octosts.policy.lint.Linting.GRANT;
import static dev.octosts.policy.lint.Linting.ISSUER;
import static dev.octosts.policy.lint.Linting.SUBJECT;

import java.util.List;

/** Values that no token has. */
final class ValueMistakes {

    static final List<Mistake> ALL = List.of(
            new Mistake(
                    "two subjects joined by ||",
                    ISSUER + "subject: repo:o@1/r@2:pull_request || repo:o@1/r@3:pull_request\n" + GRANT,
                    "2:10 STS054 \"repo:o@1/r@2:pull_request || repo:o@1/r@3:pull_request\" is compared as one subject; write subjects: [repo:o@1/r@2:pull_request, repo:o@1/r@3:pull_request]"),
            new Mistake(
                    "a pattern in a list of subjects",
                    ISSUER + "subjects: [repo:o@1/r@2:pull_request, 'repo:o@1/r@2:environment:[a-z]+', ' x']\n" + GRANT,
                    "2:39 STS040 subjects is compared as it is, so \"repo:o@1/r@2:environment:[a-z]+\" matches nothing; write a subject_pattern instead of subjects, or the exact value here"),
            new Mistake(
                    "blanks around a subject of a list",
                    ISSUER + "subjects: [' repo:o@1/r@2:pull_request']\n" + GRANT,
                    "2:12 STS033 no token with the subject \" repo:o@1/r@2:pull_request\" is accepted; remove the blanks around it"),
            new Mistake(
                    "a subject of a list that ends too early",
                    ISSUER + "subjects: [repo:o@1/r@2:pull_request, repo:o@1/r@2]\n" + GRANT,
                    "2:39 STS054 GitHub Actions makes no subject such as \"repo:o@1/r@2\"; end it with ref:refs/heads/BRANCH"),
            new Mistake(
                    "a misspelt claim",
                    ISSUER + SUBJECT + "claim:\n  job_workflow_reff: x\n" + GRANT,
                    "4:3 STS055 tokens of GitHub Actions have no claim \"job_workflow_reff\"; write job_workflow_ref"),
            new Mistake(
                    "a branch's name in the place of a ref",
                    ISSUER + SUBJECT + "claim:\n  ref: [refs/heads/main, next]\n" + GRANT,
                    "4:26 STS056 the claim ref starts with refs/heads/, refs/tags/ or refs/pull/, which \"next\" cannot match; write refs/heads/next"),
            new Mistake(
                    "a pattern in the place of a claim's value",
                    ISSUER + SUBJECT + "claim:\n  ref: refs/heads/.*\n" + GRANT,
                    "4:8 STS040 ref is compared as it is, so \"refs/heads/.*\" matches nothing; write a pattern below claim_pattern, or the exact value here"),
            new Mistake(
                    "an expression of a workflow",
                    ISSUER + "subject: 'repo:o@1/r@2:ref:refs/heads/${{ github.ref_name }}'\n" + GRANT,
                    "2:10 STS033 no token with the subject \"repo:o@1/r@2:ref:refs/heads/${{ github.ref_name }}\" is accepted; write it out, expressions mean nothing here"),
            new Mistake(
                    "a role of AWS in the place of a service account",
                    "issuer: https://oidc.eks.eu-west-1.amazonaws.com/id/AB\nsubject: arn:aws:iam::123456789012:role/deployer\n"
                            + GRANT,
                    "2:10 STS054 Kubernetes makes no subject such as \"arn:aws:iam::123456789012:role/deployer\"; write system:serviceaccount:NAMESPACE:NAME"),
            new Mistake(
                    "a workflow without its repository",
                    ISSUER + SUBJECT + "claim_pattern:\n  job_workflow_ref: .github/workflows/a.yml\n" + GRANT,
                    "4:21 STS056 the claim job_workflow_ref is OWNER/REPOSITORY/.github/workflows/FILE@REF"),
            new Mistake(
                    "a repository in the place of a subject",
                    ISSUER + "subject: octo-org/octo-repo\n" + GRANT,
                    "2:10 STS054 GitHub Actions makes no subject such as \"octo-org/octo-repo\"; write repo:octo-org/octo-repo:ref:"),
            new Mistake(
                    "a pattern of a repository in the place of a subject",
                    ISSUER + "subject_pattern: octo-org/octo-repo:.*\n" + GRANT,
                    "2:18 STS054 GitHub Actions makes no subject such as \"octo-org/octo-repo:.*\"; write repo:OWNER/REPOSITORY"),
            new Mistake(
                    "a ref and an environment in one subject",
                    ISSUER + "subject: repo:o@1/r@2:ref:refs/heads/main:environment:prod\n" + GRANT,
                    "2:10 STS054 GitHub Actions makes no subject such as \"repo:o@1/r@2:ref:refs/heads/main:environment:prod\"; a job with an environment has no ref in its subject: write repo:o@1/r@2:environment:prod"),
            new Mistake(
                    "a shell's wildcard in a pattern",
                    ISSUER + "subject_pattern: repo:octo-org@1/octo-repo@2:*\n" + GRANT,
                    "2:18 STS059 in a pattern \":*\" means any number of \":\"; write repo:octo-org@1/octo-repo@2:.*"),
            new Mistake(
                    "slashes around a pattern",
                    ISSUER + "subject_pattern: /repo:octo-org@1\\/octo-repo@2:.*/\n" + GRANT,
                    "2:18 STS058 the slashes around \"/repo:octo-org@1\\\\/octo-repo@2:.*/\" are part of the pattern; write repo:octo-org@1/octo-repo@2:.*"),
            new Mistake(
                    "a subject of GitLab without the type of its ref",
                    "issuer: https://gitlab.com\nsubject: project_path:g/p:ref:main\n" + GRANT,
                    "2:10 STS054 GitLab makes no subject such as \"project_path:g/p:ref:main\"; write project_path:g/p:ref_type:branch:ref:main"),
            new Mistake(
                    "a full ref in a subject of GitLab",
                    "issuer: https://gitlab.com\nsubject: project_path:g/p:ref_type:tag:ref:refs/tags/v1\n" + GRANT,
                    "2:10 STS054 GitLab makes no subject such as \"project_path:g/p:ref_type:tag:ref:refs/tags/v1\"; write project_path:g/p:ref_type:tag:ref:v1"),
            new Mistake(
                    "an account's address in the place of its id",
                    "issuer: https://accounts.google.com\nsubject: bot@p.iam.gserviceaccount.com\n" + GRANT,
                    "2:10 STS054 Google makes no subject such as \"bot@p.iam.gserviceaccount.com\"; write the account's unique id"),
            new Mistake(
                    "a service account without its prefix",
                    "issuer: https://k8s.example\nsubject: serviceaccount:default:app\n" + GRANT,
                    "2:10 STS054 Kubernetes makes no subject such as \"serviceaccount:default:app\"; write system:serviceaccount:default:app"),
            new Mistake(
                    "a subject of Buildkite without commit and step",
                    "issuer: https://agent.buildkite.com\nsubject: organization:o:pipeline:p:ref:refs/heads/main\n"
                            + GRANT,
                    "2:10 STS054 Buildkite makes no subject such as \"organization:o:pipeline:p:ref:refs/heads/main\"; its subjects name commit and step"),
            new Mistake(
                    "an abbreviation in a subject of Terraform Cloud",
                    "issuer: https://app.terraform.io\nsubject: org:o:project:p:workspace:w:run_phase:apply\n" + GRANT,
                    "2:10 STS054 Terraform Cloud makes no subject such as \"org:o:project:p:workspace:w:run_phase:apply\"; write organization:o:"),
            new Mistake(
                    "a pattern in the place of a subject",
                    ISSUER + "subject: repo:o@1/r@2:.*\n" + GRANT,
                    "2:10 STS040 subject is compared as it is, so \"repo:o@1/r@2:.*\" matches nothing; write it into subject_pattern"),
            new Mistake(
                    "a shell's wildcard in a subject",
                    ISSUER + "subject: repo:o@1/r@2:ref:refs/heads/*\n" + GRANT,
                    "STS040 subject is compared as it is, so \"repo:o@1/r@2:ref:refs/heads/*\" matches nothing; write it into subject_pattern, as repo:o@1/r@2:ref:refs/heads/.*"),
            new Mistake(
                    "a branch after the word branch",
                    ISSUER + "subject: repo:o@1/r@2:branch:main\n" + GRANT,
                    "STS054 GitHub Actions makes no subject such as \"repo:o@1/r@2:branch:main\"; write repo:o@1/r@2:ref:refs/heads/main"),
            new Mistake(
                    "a ref without the word ref",
                    ISSUER + "subject: repo:o@1/r@2:refs/heads/main\n" + GRANT,
                    "STS054 GitHub Actions makes no subject such as \"repo:o@1/r@2:refs/heads/main\"; write repo:o@1/r@2:ref:refs/heads/main"),
            new Mistake(
                    "a branch at the end of a subject",
                    ISSUER + "subject: repo:o@1/r@2:main\n" + GRANT,
                    "STS054 GitHub Actions makes no subject such as \"repo:o@1/r@2:main\"; end it with ref:refs/heads/BRANCH"),
            new Mistake(
                    "a subject without the word repo",
                    ISSUER + "subject: o@1/r@2:ref:refs/heads/main\n" + GRANT,
                    "STS054 GitHub Actions makes no subject such as \"o@1/r@2:ref:refs/heads/main\"; write repo:o@1/r@2:ref:refs/heads/main"),
            new Mistake(
                    "a subject of before July 2026",
                    ISSUER + "subject: repo:o/r:ref:refs/heads/main\n" + GRANT,
                    "STS051 repositories that were created, renamed or moved since July 2026 have subjects with ids, repo:OWNER@ID/REPO@ID; accept both with subject_pattern: repo:o(@[0-9]+)?/r(@[0-9]+)?:ref:refs/heads/main"),
            new Mistake(
                    "a pattern of subjects of before July 2026",
                    ISSUER + "subject_pattern: repo:o/.*\n" + GRANT,
                    "STS051 repositories that were created, renamed or moved since July 2026 have subjects with ids, repo:OWNER@ID/REPO@ID; accept both with subject_pattern: repo:o(@[0-9]+)?/.*"),
            new Mistake(
                    "an issuer without https",
                    "issuer: token.actions.githubusercontent.com\n" + SUBJECT + GRANT,
                    "1:9 STS032 \"token.actions.githubusercontent.com\" is no issuer: an https address without query and fragment is expected; write https://token.actions.githubusercontent.com"),
            new Mistake(
                    "a slash at the end of an issuer",
                    "issuer: https://token.actions.githubusercontent.com/\n" + SUBJECT + GRANT,
                    "1:9 STS053 no token has the issuer \"https://token.actions.githubusercontent.com/\"; write https://token.actions.githubusercontent.com"),
            new Mistake(
                    "the address of GitHub in the place of its issuer",
                    "issuer: https://github.com\n" + SUBJECT + GRANT,
                    "1:9 STS053 no token has the issuer \"https://github.com\"; write https://token.actions"),
            new Mistake(
                    "a shell's wildcard in an issuer",
                    "issuer: https://*.example.com\nsubject: x\n" + GRANT,
                    "STS040 issuer is compared as it is, so \"https://*.example.com\" matches nothing; write it into issuer_pattern, as https://[^/]*\\.example\\.com"),
            new Mistake(
                    "a level that a permission does not have",
                    ISSUER + SUBJECT + "permissions:\n  workflows: read\n",
                    "4:14 STS035 GitHub offers workflows: write only, not read; write write, or remove it"),
            new Mistake(
                    "a file in the place of a full workflow reference",
                    ISSUER + SUBJECT + "claim_pattern:\n  job_workflow_ref: x\\.yml\n" + GRANT,
                    "STS056 the claim job_workflow_ref is OWNER/REPOSITORY/.github/workflows/FILE@REF, which \"x\\\\.yml\" cannot match; write it"),
            new Mistake(
                    "a misspelt claim with a pattern",
                    ISSUER + SUBJECT + "claim_pattern:\n  workflow_reff: octo/x\n" + GRANT,
                    "STS055 tokens of GitHub Actions have no claim \"workflow_reff\"; write workflow_ref"),
            new Mistake(
                    "a pattern that matches subjects of other owners",
                    ISSUER + "subject_pattern: repo:octo.*:ref:refs/heads/main\n" + GRANT,
                    "STS044 workflows in repositories of other owners match, too; start the subject with repo:OWNER/"));

    private ValueMistakes() {}
}
