package dev.octosts.policy.lint;

import static dev.octosts.policy.lint.Linting.GRANT;
import static dev.octosts.policy.lint.Linting.ISSUER;
import static dev.octosts.policy.lint.Linting.SUBJECT;

import dev.octosts.policy.repository.PolicyKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people write in a hurry. The first line that they see names the cause. */
class CarelessMistakeTest extends MistakesOfPolicies {
    private static final String OLD = "repo:octo-org/octo-repo:ref:refs/heads/main";
    private static final String EITHER = "repo:octo-org(@[0-9]+)?/octo-repo(@[0-9]+)?:";
    private static final String AKS =
            "https://westeurope.oic.prod-aks.azure.com/72f988bf-86f1-41af-91ab-2d7cd011db47/2d9a6f1e-5f0c-4a4e-8a9a-6f5a4d1c7c20";
    private static final String GKE = "https://container.googleapis.com/v1/projects/octo/";
    private static final String CIRCLE = "8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b";

    static final String[][] MISTAKES = {
        // The decisive error is behind a subject whose form may be wrong.
        {
            ISSUER + "subject: " + OLD + "\npermissions:\n  contents: writ\n",
            "4:13 STS013 unknown level \"writ\" for permission \"contents\"; did you mean write?"
        },
        {
            ISSUER + "subject: " + OLD + "\npermissions:\n  pull-requests: write\n",
            "4:3 STS012 unknown permission \"pull-requests\"; did you mean pull_requests?"
        },
        {
            ISSUER + "subject: " + OLD + "\nclaims:\n  ref: refs/heads/main\n" + GRANT,
            "3:1 STS008 unknown key \"claims\"; did you mean claim_pattern?"
        },
        {
            ISSUER + "subject: " + OLD + "\naudience: 'my audience'\n" + GRANT,
            "3:11 STS034 no token with the audience \"my audience\" is accepted; write the audience without blanks, quotes and brackets, 255 characters at most"
        },
        {
            ISSUER + "subject: " + OLD + "\npermissions: {}\n",
            "1:1 STS026 nothing is granted: permissions must name at least one; add, for example, contents: read below permissions"
        },
        {
            ISSUER + "subject_pattern: repo:octo-org/.*\nclaim_pattern:\n  ref: refs/heads/(main\n" + GRANT,
            "4:8 STS022 the pattern of \"ref\" does not compile: the parenthesis that opens here is not closed (character 12); correct the pattern, a literal character is escaped by a backslash"
        },
        {
            ISSUER + "subject: " + OLD + "\nsubject_pattern: .*\n" + GRANT,
            "3:1 STS021 both subject and subject_pattern are given; only one is possible"
        },
        {
            ISSUER + "subject: " + OLD + "\n" + GRANT + "repositories: [octo-repo]\n",
            "5:1 STS014 repositories is for organization policies; a repository policy is about its own"
        },
        // Levels.
        {
            ISSUER + SUBJECT + "permissions:\n  contents: admn\n",
            "4:13 STS013 unknown level \"admn\" for permission \"contents\"; expected one of read, write"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  issues: reed\n",
            "4:11 STS013 unknown level \"reed\" for permission \"issues\"; did you mean read?"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  workflows: read\n",
            "4:14 STS035 GitHub offers workflows: write only, not read; write write, or remove it"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  issues: admin\n",
            "4:11 STS035 GitHub offers issues: read or write only, not admin; write write"
        },
        // Subjects of GitHub, with ids or without.
        {
            ISSUER + "subject_pattern: " + EITHER + "main\n" + GRANT,
            "2:18 STS054 GitHub Actions makes no subject such as \"" + EITHER
                    + "main\"; end it with ref:refs/heads/BRANCH, ref:refs/tags/TAG, environment:NAME or pull_request"
        },
        {
            ISSUER + "subject_pattern: " + EITHER + "refs/heads/main\n" + GRANT,
            "2:18 STS054 GitHub Actions makes no subject such as \"" + EITHER + "refs/heads/main\"; write " + EITHER
                    + "ref:refs/heads/main"
        },
        {
            ISSUER + "subject_pattern: " + EITHER + "ref:main\n" + GRANT,
            "2:18 STS054 GitHub Actions makes no subject such as \"" + EITHER + "ref:main\"; write " + EITHER
                    + "ref:refs/heads/main"
        },
        {
            ISSUER + "subject_pattern: " + EITHER + "ref:refs/pull/12/merge\n" + GRANT,
            "2:18 STS054 GitHub Actions makes no subject such as \"" + EITHER
                    + "ref:refs/pull/12/merge\"; runs of pull requests have repo:octo-org/octo-repo:pull_request"
        },
        {
            ISSUER + "subject: repo:octo-org@9919/octo-repo@1296269:pr:12\n" + GRANT,
            "2:10 STS054 GitHub Actions makes no subject such as \"repo:octo-org@9919/octo-repo@1296269:pr:12\"; write repo:octo-org@9919/octo-repo@1296269:pull_request"
        },
        {
            ISSUER
                    + "subject: 'repo:octo-org@9919/octo-repo@1296269:pull_request, repo:octo-org@9919/octo-site@2:pull_request'\n"
                    + GRANT,
            "2:10 STS054 \"repo:octo-org@9919/octo-repo@1296269:pull_request, repo:octo-org@9919/octo-site@2:pull_request\" is compared as one subject; write subjects: [repo:octo-org@9919/octo-repo@1296269:pull_request, repo:octo-org@9919/octo-site@2:pull_request]"
        },
        // Issuers of clusters.
        {
            "issuer: " + AKS + "\nsubject: system:serviceaccount:ci:runner\n" + GRANT,
            "1:9 STS053 no token has the issuer \"" + AKS + "\"; write " + AKS + "/"
        },
        {
            "issuer: " + GKE + "zones/europe-west1-b/clusters/c\nsubject: system:serviceaccount:ci:runner\n" + GRANT,
            "1:9 STS053 no token has the issuer \"" + GKE + "zones/europe-west1-b/clusters/c\"; write " + GKE
                    + "locations/europe-west1-b/clusters/c"
        },
        // Audiences of others.
        {
            ISSUER + SUBJECT + "audience: sts.amazonaws.com\n" + GRANT,
            "3:11 STS027 \"sts.amazonaws.com\" is the audience of tokens for AWS; remove it, and let the workload ask for a token for this service's domain"
        },
        {
            ISSUER + SUBJECT + "audience: api://AzureADTokenExchange\n" + GRANT,
            "3:11 STS027 \"api://AzureADTokenExchange\" is the audience of tokens for Azure; remove it, and let the workload ask for a token for this service's domain"
        },
        {
            "issuer: https://app.terraform.io\nsubject: organization:o:project:p:workspace:w:run_phase:apply\naudience: aws.workload.identity\n"
                    + GRANT,
            "3:11 STS027 \"aws.workload.identity\" is the audience of tokens for AWS; remove it, and let the workload ask for a token for this service's domain"
        },
        {
            ISSUER + SUBJECT + "audience: https://sts.example.com\n" + GRANT,
            "3:11 STS027 workloads ask for tokens for a service's domain, which has no https:// in front; write sts.example.com, or remove it"
        },
        {
            ISSUER + SUBJECT + "audience_pattern: sts\\.amazonaws\\.com\n" + GRANT,
            "3:19 STS027 \"sts.amazonaws.com\" is the audience of tokens for AWS; remove it, and let the workload ask for a token for this service's domain"
        },
        // Too much for too many.
        {
            ISSUER
                    + "subject_pattern: repo:octo-org@9919/octo-repo@1296269:ref:refs/tags/v[0-9]+\npermissions:\n  administration: write\n",
            "4:19 STS028 administration: write for every subject that matches \"repo:octo-org@9919/octo-repo@1296269:ref:refs/tags/v[0-9]+\"; name the subject exactly, in subject"
        },
        {
            ISSUER
                    + "subject_pattern: repo:octo-org@9919/octo-.+@[0-9]+:ref:refs/heads/main\npermissions:\n  secrets: write\n",
            "4:12 STS028 secrets: write for every subject that matches \"repo:octo-org@9919/octo-.+@[0-9]+:ref:refs/heads/main\"; name the subject exactly, in subject"
        },
        {
            "issuer: https://app.terraform.io\nsubject_pattern: organization:octo-org:.*\n" + GRANT,
            "2:18 STS029 \"organization:octo-org:.*\" matches every workspace of the organization; name project and workspace: organization:ORG:project:PROJECT:workspace:WORKSPACE:run_phase:apply"
        },
        {
            "issuer: https://agent.buildkite.com\nsubject_pattern: organization:octo-org:.*\n" + GRANT,
            "2:18 STS029 \"organization:octo-org:.*\" matches every pipeline of the organization; name the pipeline: organization:ORG:pipeline:PIPELINE:ref:refs/heads/main:commit:[0-9a-f]+:step:.*"
        },
        {
            "issuer: https://agent.buildkite.com\nsubject_pattern: organization:octo-org:pipeline:p:.*\n" + GRANT,
            "2:18 STS029 \"organization:octo-org:pipeline:p:.*\" matches every branch of the pipeline; name the branch: organization:ORG:pipeline:PIPELINE:ref:refs/heads/main:commit:[0-9a-f]+:step:.*"
        },
        {
            "issuer: https://oidc.circleci.com/org/" + CIRCLE + "\nsubject_pattern: org/" + CIRCLE
                    + "/project/.*\naudience: " + CIRCLE + "\n" + GRANT,
            "2:18 STS029 \"org/" + CIRCLE
                    + "/project/.*\" matches every project of the organization; name the project: org/ORGANIZATION_ID/project/PROJECT_ID/user/.*"
        },
    };

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "my policy.sts.yaml | 1:1 STS068 callers have to write the identity \"my policy\" with %20 for each blank; rename it to my-policy.sts.yaml",
                ".github/chainguard/my policy.sts.yaml | 1:1 STS068 callers have to write the identity \"my policy\" with %20 for each blank; rename it to my-policy.sts.yaml",
                ".github/my policy.sts.yaml | 1:1 STS036 files in .github/ are never read; move it to .github/chainguard/my policy.sts.yaml",
            })
    void a_blank_in_a_files_name_is_told(String name, String line) {
        Linting.assertFirst(
                Linting.CLEAN, line, FileContext.of(PolicyKind.REPOSITORY, name).in("octo-org", "octo-repo"));
    }
}
