package dev.octosts.policy.lint;

import static dev.octosts.policy.lint.Linting.GRANT;
import static dev.octosts.policy.lint.Linting.ISSUER;
import static dev.octosts.policy.lint.Linting.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What people write who know their platform. */
class GoodPolicyTest {
    static final String[] GOOD = {
        ISSUER + SUBJECT + GRANT,
        ISSUER + "subject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/feature/x-1\n" + GRANT,
        ISSUER + "subject: repo:octo-org@9919/octo-repo@1296269:ref:refs/tags/v1.2.3\n" + GRANT,
        ISSUER + "subject: repo:octo-org@9919/octo-repo@1296269:environment:production\n" + GRANT,
        ISSUER + "subject: 'repo:octo-org@9919/octo-repo@1296269:environment:Production (EU)'\n" + GRANT,
        ISSUER + "subject: repo:octo-org@9919/octo-repo@1296269:pull_request\n" + GRANT,
        ISSUER + "subject_pattern: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/(main|release-[0-9]+)\n" + GRANT,
        ISSUER + "subject_pattern: ^repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/release/[^/]+$\n" + GRANT,
        ISSUER + "subject_pattern: 'repo:octo-org@9919/octo-repo@1296269:ref:refs/tags/v\\d+\\.\\d+\\.\\d+'\n" + GRANT,
        ISSUER + "subject_pattern: \"repo:octo-org@9919/octo-repo@1296269:ref:refs/tags/v[0-9]+\"\n" + GRANT,
        ISSUER + "subject_pattern: repo:octo-org(@[0-9]+)?/octo-repo(@[0-9]+)?:ref:refs/heads/main\n" + GRANT,
        ISSUER + "subject_pattern: repo:octo-org@9919/.*:ref:refs/heads/main\n" + GRANT,
        ISSUER + "subject_pattern: repo:octo-org@9919/octo-[a-z]+@[0-9]+:environment:(staging|production)\n" + GRANT,
        ISSUER
                + "subjects:\n  - repo:octo-org@9919/octo-repo@1296269:environment:staging\n  - repo:octo-org@9919/octo-repo@1296269:environment:production\n"
                + GRANT,
        ISSUER + "subject: >-\n  repo:octo-org@9919/octo-repo@1296269:pull_request\n" + GRANT,
        ISSUER + "subject: |-\n  repo:octo-org@9919/octo-repo@1296269:pull_request\n" + GRANT,
        ISSUER + "subject: repo:octocat_company@1/octo.repo_1@2:pull_request\n" + GRANT,
        ISSUER + "subject: repo:octo-org@9919/.github@3:ref:refs/heads/main\n" + GRANT,
        ISSUER
                + "subject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main:job_workflow_ref:octo-org/octo-repo/.github/workflows/a.yml@refs/heads/main\n"
                + GRANT,
        ISSUER + "subject: job_workflow_ref:octo-org/octo-repo/.github/workflows/a.yml@refs/heads/main\n" + GRANT,
        ISSUER + "subject: repository_owner:octo-org\n" + GRANT,
        ISSUER + "subject: repo:octo-org@9919/octo-repo@1296269:environment:prod:ref:refs/heads/main\n" + GRANT,
        ISSUER + SUBJECT
                + "claim_pattern:\n  job_workflow_ref: octo-org/octo-repo/\\.github/workflows/release\\.ya?ml@refs/heads/main\n"
                + GRANT,
        ISSUER + SUBJECT + "claim_pattern:\n  ref_protected: true\n" + GRANT,
        ISSUER + SUBJECT + "claim_pattern:\n  repository_id: 1296269\n" + GRANT,
        ISSUER + SUBJECT + "claim_pattern:\n  event_name: (push|schedule|workflow_dispatch)\n" + GRANT,
        ISSUER + SUBJECT + "claim_pattern:\n  event_name: merge_group\n" + GRANT,
        ISSUER + SUBJECT + "claim_pattern:\n  runner_environment: github-hosted\n" + GRANT,
        ISSUER + SUBJECT + "claim_pattern:\n  repository_visibility: (private|internal)\n" + GRANT,
        ISSUER + SUBJECT
                + "claim_pattern:\n  workflow_ref: 'octo-org/octo-repo/\\.github/workflows/[a-z]+\\.yml@refs/(heads|tags)/.+'\n"
                + GRANT,
        ISSUER + SUBJECT + "claim_pattern:\n  actor: '(octocat|dependabot\\[bot\\])'\n" + GRANT,
        ISSUER + SUBJECT + "claim_pattern:\n  environment: 'prod.+'\n" + GRANT,
        ISSUER + SUBJECT + "claim_pattern:\n  head_ref: release/.+\n" + GRANT,
        ISSUER + SUBJECT + "claim_pattern:\n  sha: '[0-9a-f]{40}'\n" + GRANT,
        ISSUER + SUBJECT + "claim:\n  repository_owner_id: 9919\n" + GRANT,
        ISSUER + SUBJECT + "claim:\n  environment: [staging, production]\n" + GRANT,
        ISSUER + SUBJECT + "claim:\n  ref: [refs/heads/main, refs/heads/dev]\n" + GRANT,
        ISSUER + SUBJECT + "claim:\n  event_name: pull_request_target\n" + GRANT,
        ISSUER + SUBJECT + "claim:\n  repository_visibility: public\n" + GRANT,
        ISSUER + SUBJECT + "claim:\n  enterprise: octo-enterprise\n" + GRANT,
        ISSUER + SUBJECT + "audience: https://github.com/octo-org\n" + GRANT,
        ISSUER + SUBJECT + "audience: sts.example.com\n" + GRANT,
        ISSUER + SUBJECT + "audience_pattern: https://github\\.com/octo-(org|labs)\n" + GRANT,
        ISSUER + SUBJECT + "app: 123456\n" + GRANT,
        ISSUER + SUBJECT + "app_pattern: reader-.*\n" + GRANT,
        "# a comment\n---\nissuer: https://token.actions.githubusercontent.com\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n"
                + GRANT,
        "\ufeffissuer: https://token.actions.githubusercontent.com\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n"
                + GRANT,
        "issuer: https://token.actions.githubusercontent.com\r\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\r\npermissions:\r\n  contents: read\r\n",
        "{\"issuer\": \"https://token.actions.githubusercontent.com\", \"subject\": \"repo:octo-org@9919/octo-repo@1296269:pull_request\", \"permissions\": {\"contents\": \"read\"}}\n",
        ISSUER + SUBJECT + "permissions:\n  issues: write\n  pull_requests: write\n  checks: write\n",
        "# yaml-language-server: $schema=https://sts.example.com/schemas/repository-policy.json\nissuer: https://token.actions.githubusercontent.com\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n"
                + GRANT,
        "issuer: https://token.actions.octo.ghe.com\nsubject: repo:octo-org@1/octo-repo@2:ref:refs/heads/main\n"
                + GRANT,
        "issuer: https://github.octo.example/_services/token\nsubject: repo:octo-org/octo-repo:ref:refs/heads/main\n"
                + GRANT,
        "issuer: https://token.actions.githubusercontent.com/octo-enterprise\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n"
                + GRANT,
        "issuer: https://gitlab.com\nsubject: project_path:octo-group/octo-project:ref_type:branch:ref:main\n" + GRANT,
        "issuer: https://gitlab.com\nsubject: project_path:g/s/p:ref_type:tag:ref:v1.0\n" + GRANT,
        "issuer: https://gitlab.com\nsubject: project_path:g/p:ref_type:branch:ref:feature/x\n" + GRANT,
        "issuer: https://gitlab.com\nsubject_pattern: project_path:octo-group/.*:ref_type:branch:ref:main\nclaim_pattern:\n  ref_protected: true\n  pipeline_source: (push|schedule)\n"
                + GRANT,
        "issuer: https://gitlab.octo.example\nsubject: project_path:g/p:ref_type:branch:ref:main\n" + GRANT,
        "issuer: https://octo.example/gitlab\nsubject: project_path:g/p:ref_type:branch:ref:main\n" + GRANT,
        "issuer: https://accounts.google.com\nsubject: 117292703478108941530\nclaim_pattern:\n  email: bot@octo-proj\\.iam\\.gserviceaccount\\.com\n"
                + GRANT,
        "issuer: https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF\nsubject: system:serviceaccount:ci:runner\n"
                + GRANT,
        "issuer: https://oidc.eks.cn-north-1.amazonaws.com.cn/id/0123456789ABCDEF0123456789ABCDEF\nsubject: system:serviceaccount:ci:runner\n"
                + GRANT,
        "issuer: https://container.googleapis.com/v1/projects/octo/locations/europe-west1/clusters/c\nsubject: system:serviceaccount:ci:runner\n"
                + GRANT,
        "issuer: https://westeurope.oic.prod-aks.azure.com/72f988bf-86f1-41af-91ab-2d7cd011db47/2d9a6f1e-5f0c-4a4e-8a9a-6f5a4d1c7c20/\nsubject: system:serviceaccount:ci:runner\n"
                + GRANT,
        "issuer: https://kubernetes.default.svc.cluster.local\nsubject: system:serviceaccount:ci:runner\n" + GRANT,
        "issuer: https://oidc-eks.eu-west-1.api.aws/id/0123456789ABCDEF0123456789ABCDEF\nsubject: system:serviceaccount:ci:runner\n"
                + GRANT,
        "issuer: https://storage.googleapis.com/octo-cluster-oidc\nsubject: system:serviceaccount:ci:runner\n" + GRANT,
        "issuer: https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF\nsubject_pattern: system:serviceaccount:ci:.*\nclaim:\n  /kubernetes.io/namespace: ci\n"
                + GRANT,
        "issuer_pattern: https://oidc\\.eks\\.eu-(west|central)-1\\.amazonaws\\.com/id/[0-9A-F]{32}\nsubject: system:serviceaccount:ci:runner\n"
                + GRANT,
        "issuer: https://agent.buildkite.com\nsubject_pattern: organization:octo-org:pipeline:octo-pipeline:ref:refs/heads/main:commit:[0-9a-f]+:step:.*\n"
                + GRANT,
        "issuer: https://oidc.circleci.com/org/22da9bb5-6a4b-4c5e-8f0c-6b0f9c2b7a11\nsubject_pattern: org/22da9bb5-6a4b-4c5e-8f0c-6b0f9c2b7a11/project/f0c5a4ce-2f0a-4f57-9f1d-3a0c3c7d2c55/user/.*\naudience: 22da9bb5-6a4b-4c5e-8f0c-6b0f9c2b7a11\n"
                + GRANT,
        "issuer: https://app.terraform.io\nsubject: organization:octo-org:project:default:workspace:w:run_phase:apply\n"
                + GRANT,
        "issuer: https://terraform.octo.example\nsubject: organization:o:project:p:workspace:w:run_phase:plan\n"
                + GRANT,
        "issuer: https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0\nsubject: c5d4e7a2-0f0b-4c9f-9d4e-6f1a2b3c4d5e\naudience: 1b2c3d4e-5f60-4718-8293-a4b5c6d7e8f9\n"
                + GRANT,
        "issuer: https://sts.windows.net/72f988bf-86f1-41af-91ab-2d7cd011db47/\nsubject: c5d4e7a2-0f0b-4c9f-9d4e-6f1a2b3c4d5e\naudience: api://octo-sts\n"
                + GRANT,
        "issuer: https://vstoken.dev.azure.com/8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b\nsubject: sc://octo-org/octo-project/octo-connection\naudience: api://AzureADTokenExchange\n"
                + GRANT,
        "issuer: https://vstoken.dev.azure.com/8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b\nsubject: p://octo-org/My Project/My pipeline (EU)\naudience: api://AzureADTokenExchange\n"
                + GRANT,
        "issuer: https://vstoken.dev.azure.com/8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b\nsubject: sc://octo-org/My [new] Project/my connection\naudience: api://AzureADTokenExchange\n"
                + GRANT,
        "issuer: https://app.terraform.io\nsubject: 'organization:octo-org:project:Default Project (EU):workspace:w [1]:run_phase:apply'\n"
                + GRANT,
        "issuer: https://api.bitbucket.org/2.0/workspaces/octo/pipelines-config/identity/oidc\nsubject: '{4b9c6a60-2a3b-4c5d-8e9f-0a1b2c3d4e5f}:{5c0d7b71-3b4c-5d6e-9f0a-1b2c3d4e5f60}'\naudience: ari:cloud:bitbucket::workspace/6d1e8c82-4c5d-6e7f-a01b-2c3d4e5f6071\n"
                + GRANT,
        ISSUER + "subject: 'repo:octo-org@9919/octo-repo@1296269:environment:{prod} [eu], (1)'\n" + GRANT,
        "issuer: https://octo.eu.auth0.com/\nsubject: auth0|5f7c8ec7c33c6c004bbafe82\n" + GRANT,
        "issuer: https://octo.okta.com/oauth2/default\nsubject: 0oa1gjh63g214q0Hq0g4\nclaim:\n  groups: platform\n"
                + GRANT,
        "issuer: https://keycloak.octo.example/realms/ci\nsubject: 5a0b7f2e-2b60-4f43-b9a3-25b8e3f3c0d1\n" + GRANT,
        "issuer: https://spire.octo.example\nsubject: spiffe://octo.example/ns/ci/sa/runner\n" + GRANT,
        "issuer: https://issuer.enforce.dev\nsubject: 720909c9f5279097d847ad02a2f24ba8f59de36a/a033a6fabe0bfa0d\n"
                + GRANT,
    };

    @ParameterizedTest
    @FieldSource("GOOD")
    void has_nothing_to_say_against(String file) {
        assertThat(Linting.told(file, Linting.repository())).isEmpty();
    }
}
