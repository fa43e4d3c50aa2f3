package dev.octosts.policy.lint;

import static dev.octosts.policy.lint.Linting.GRANT;
import static dev.octosts.policy.lint.Linting.ISSUER;
import static dev.octosts.policy.lint.Linting.SUBJECT;

/** Issuers, subjects, claims and patterns in a form that the platform never gives them. */
class PlatformMistakeTest extends MistakesOfPolicies {
    static final String[][] MISTAKES = {
        {
            "issuer: https://token.actions.githubusercontent.com/.well-known/jwks\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n"
                    + GRANT,
            "1:9 STS053 no token has the issuer \"https://token.actions.githubusercontent.com/.well-known/jwks\"; write https://token.actions.githubusercontent.com"
        },
        {
            "issuer: https://token.actions.githubusercontent.com:443\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n"
                    + GRANT,
            "1:9 STS053 no token has the issuer \"https://token.actions.githubusercontent.com:443\"; write https://token.actions.githubusercontent.com"
        },
        {
            "issuer: https//token.actions.githubusercontent.com\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n"
                    + GRANT,
            "1:9 STS032 \"https//token.actions.githubusercontent.com\" is no issuer: an https address without query and fragment is expected; write https://token.actions.githubusercontent.com"
        },
        {
            "issuer: github\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n" + GRANT,
            "1:9 STS032 \"github\" is no issuer: an https address without query and fragment is expected; write https://token.actions.githubusercontent.com"
        },
        {
            "issuer: https://octo.ghe.com\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n" + GRANT,
            "1:9 STS053 no token has the issuer \"https://octo.ghe.com\"; write https://token.actions.octo.ghe.com"
        },
        {
            "issuer: https://www.gitlab.com\nsubject: 'project_path:g/p:ref_type:branch:ref:main'\n" + GRANT,
            "1:9 STS053 no token has the issuer \"https://www.gitlab.com\"; write https://gitlab.com"
        },
        {
            "issuer: https://sts.googleapis.com\nsubject: '117292703478108941530'\n" + GRANT,
            "1:9 STS053 no token has the issuer \"https://sts.googleapis.com\"; write https://accounts.google.com"
        },
        {
            "issuer: https://agent.buildkite.com/v3\nsubject: 'organization:o:pipeline:p'\n" + GRANT,
            "1:9 STS053 no token has the issuer \"https://agent.buildkite.com/v3\"; write https://agent.buildkite.com"
        },
        {
            "issuer: https://oidc.circleci.com\nsubject: 'org/ORG_ID/project/P/user/U'\n" + GRANT,
            "1:9 STS053 no token has the issuer \"https://oidc.circleci.com\"; write https://oidc.circleci.com/org/ and the organization's id"
        },
        {
            "issuer: https://oidc.circleci.com/org/8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b/\nsubject: 'org/8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b/project/p/user/u'\n"
                    + GRANT,
            "1:9 STS053 no token has the issuer \"https://oidc.circleci.com/org/8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b/\"; write https://oidc.circleci.com/org/8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b"
        },
        {
            "issuer: arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF\nsubject: 'system:serviceaccount:ci:runner'\n"
                    + GRANT,
            "1:9 STS032 \"arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF\" is no issuer: an https address without query and fragment is expected; write https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
        },
        {
            "issuer: https://oidc.eks.eu-west-1.amazonaws.com\nsubject: 'system:serviceaccount:ci:runner'\n" + GRANT,
            "1:9 STS053 no token has the issuer \"https://oidc.eks.eu-west-1.amazonaws.com\"; write https://oidc.eks.REGION.amazonaws.com/id/ID, the cluster's identity.oidc.issuer"
        },
        {
            "issuer: https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF/\nsubject: 'system:serviceaccount:ci:runner'\n"
                    + GRANT,
            "1:9 STS053 no token has the issuer \"https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF/\"; write https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
        },
        {
            "issuer: https://0123456789ABCDEF0123456789ABCDEF.gr7.eu-west-1.eks.amazonaws.com\nsubject: 'system:serviceaccount:ci:runner'\n"
                    + GRANT,
            "1:9 STS053 no token has the issuer \"https://0123456789ABCDEF0123456789ABCDEF.gr7.eu-west-1.eks.amazonaws.com\"; write https://oidc.eks.REGION.amazonaws.com/id/ID, the cluster's identity.oidc.issuer"
        },
        {
            "issuer: https://login.microsoftonline.com/8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b\nsubject: '8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b'\naudience: api://AzureADTokenExchange\n"
                    + GRANT,
            "1:9 STS053 no token has the issuer \"https://login.microsoftonline.com/8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b\"; write https://login.microsoftonline.com/8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b/v2.0, or https://sts.windows.net/8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b/ for tokens of version 1"
        },
        {
            "issuer: https://login.microsoftonline.com/8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b/v2.0/\nsubject: '8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b'\naudience: api://AzureADTokenExchange\n"
                    + GRANT,
            "1:9 STS053 no token has the issuer \"https://login.microsoftonline.com/8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b/v2.0/\"; write https://login.microsoftonline.com/8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b/v2.0"
        },
        {
            "issuer: https://login.microsoftonline.com/common/v2.0\nsubject: '8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b'\naudience: api://AzureADTokenExchange\n"
                    + GRANT,
            "1:9 STS053 no token has the issuer \"https://login.microsoftonline.com/common/v2.0\"; write the tenant's id, as in https://login.microsoftonline.com/TENANT_ID/v2.0"
        },
        {
            "issuer: https://sts.windows.net/8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b\nsubject: '8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b'\naudience: api://AzureADTokenExchange\n"
                    + GRANT,
            "1:9 STS053 no token has the issuer \"https://sts.windows.net/8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b\"; write https://sts.windows.net/8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b/"
        },
        {
            "issuer: https://dev.azure.com/octo-org\nsubject: 'sc://o/p/c'\naudience: api://AzureADTokenExchange\n"
                    + GRANT,
            "1:9 STS053 no token has the issuer \"https://dev.azure.com/octo-org\"; write https://vstoken.dev.azure.com/ and the organization's id, as the service connection shows it"
        },
        {
            "issuer: kubernetes/serviceaccount\nsubject: 'system:serviceaccount:ci:runner'\n" + GRANT,
            "1:9 STS032 \"kubernetes/serviceaccount\" is no issuer: an https address without query and fragment is expected; write it as its discovery document has it"
        },
        {
            ISSUER + "subject: 'repo:octo-org@9919/octo-repo@1296269:ref:refs/head/main'\n" + GRANT,
            "2:10 STS054 GitHub Actions makes no subject such as \"repo:octo-org@9919/octo-repo@1296269:ref:refs/head/main\"; write repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main"
        },
        {
            ISSUER + "subject: 'repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/'\n" + GRANT,
            "2:10 STS054 GitHub Actions makes no subject such as \"repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/\"; write the name behind it, or a subject_pattern for any"
        },
        {
            ISSUER + "subject: 'repo:octo-org@9919/octo-repo@1296269:ref:refs/tag/v1'\n" + GRANT,
            "2:10 STS054 GitHub Actions makes no subject such as \"repo:octo-org@9919/octo-repo@1296269:ref:refs/tag/v1\"; write repo:octo-org@9919/octo-repo@1296269:ref:refs/tags/v1"
        },
        {
            ISSUER + "subject: 'repo:octo-org@9919/octo-repo@1296269:pull_request_target'\n" + GRANT,
            "2:10 STS054 GitHub Actions makes no subject such as \"repo:octo-org@9919/octo-repo@1296269:pull_request_target\"; runs of pull requests have repo:octo-org@9919/octo-repo@1296269:pull_request"
        },
        {
            ISSUER + "subject: 'repo:octo-org@9919/octo-repo@1296269:ref:refs/pull/12/merge'\n" + GRANT,
            "2:10 STS054 GitHub Actions makes no subject such as \"repo:octo-org@9919/octo-repo@1296269:ref:refs/pull/12/merge\"; runs of pull requests have repo:octo-org@9919/octo-repo@1296269:pull_request"
        },
        {
            ISSUER + "subject: 'repo:octo-org@9919/octo-repo@1296269:Environment:prod'\n" + GRANT,
            "2:10 STS054 GitHub Actions makes no subject such as \"repo:octo-org@9919/octo-repo@1296269:Environment:prod\"; write repo:octo-org@9919/octo-repo@1296269:environment:prod"
        },
        {
            ISSUER + "subject: 'repo:octo-org@9919/octo-repo@1296269:environment=prod'\n" + GRANT,
            "2:10 STS054 GitHub Actions makes no subject such as \"repo:octo-org@9919/octo-repo@1296269:environment=prod\"; write repo:octo-org@9919/octo-repo@1296269:environment:prod"
        },
        {
            ISSUER + "subject: 'repo:octo-org@9919/octo-repo@1296269:environment:'\n" + GRANT,
            "2:10 STS054 GitHub Actions makes no subject such as \"repo:octo-org@9919/octo-repo@1296269:environment:\"; write the name behind it, or a subject_pattern for any"
        },
        {
            ISSUER + "subject: 'repo:octo-org@9919/octo-repo@1296269:branch/main'\n" + GRANT,
            "2:10 STS054 GitHub Actions makes no subject such as \"repo:octo-org@9919/octo-repo@1296269:branch/main\"; write repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main"
        },
        {
            ISSUER + "subject: 'repo:octo-org:ref:refs/heads/main'\n" + GRANT,
            "2:10 STS054 GitHub Actions makes no subject such as \"repo:octo-org:ref:refs/heads/main\"; start it with repo:OWNER/REPOSITORY or repo:OWNER@ID/REPOSITORY@ID"
        },
        {
            ISSUER + "subject: 'repo:octo-org@9919/octo-repo:ref:refs/heads/main'\n" + GRANT,
            "2:10 STS054 GitHub Actions makes no subject such as \"repo:octo-org@9919/octo-repo:ref:refs/heads/main\"; owner and repository both have their id, or none of them"
        },
        {
            ISSUER + "subject: 'repo:octo-org@octo/octo-repo@x:pull_request'\n" + GRANT,
            "2:10 STS054 GitHub Actions makes no subject such as \"repo:octo-org@octo/octo-repo@x:pull_request\"; start it with repo:OWNER/REPOSITORY or repo:OWNER@ID/REPOSITORY@ID"
        },
        {
            ISSUER + "subject: 'repo:octo-org@9919/octo-repo@1296269:REF:refs/heads/main'\n" + GRANT,
            "2:10 STS054 GitHub Actions makes no subject such as \"repo:octo-org@9919/octo-repo@1296269:REF:refs/heads/main\"; write repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main"
        },
        {
            ISSUER + "subject: 'system:serviceaccount:ci:runner'\n" + GRANT,
            "2:10 STS054 GitHub Actions makes no subject such as \"system:serviceaccount:ci:runner\"; it is another platform's; name that platform's issuer, or write repo:OWNER/REPOSITORY:ref:refs/heads/BRANCH"
        },
        {
            ISSUER + "subject: 'repo/octo-org/octo-repo:ref:refs/heads/main'\n" + GRANT,
            "2:10 STS054 GitHub Actions makes no subject such as \"repo/octo-org/octo-repo:ref:refs/heads/main\"; write repo:octo-org/octo-repo:ref:refs/heads/main"
        },
        {
            "issuer: https://gitlab.com\nsubject: 'project_path:g/p:branch:main'\n" + GRANT,
            "2:10 STS054 GitLab makes no subject such as \"project_path:g/p:branch:main\"; write project_path:g/p:ref_type:branch:ref:main"
        },
        {
            "issuer: https://gitlab.com\nsubject: 'project_path:g/p:ref_type:tags:ref:v1'\n" + GRANT,
            "2:10 STS054 GitLab makes no subject such as \"project_path:g/p:ref_type:tags:ref:v1\"; write project_path:g/p:ref_type:tag:ref:v1"
        },
        {
            "issuer: https://gitlab.com\nsubject: 'project_path:/g/p:ref_type:branch:ref:main'\n" + GRANT,
            "2:10 STS054 GitLab makes no subject such as \"project_path:/g/p:ref_type:branch:ref:main\"; write project_path:g/p:ref_type:branch:ref:main"
        },
        {
            "issuer: https://gitlab.com\nsubject: 'project_path:g/p:environment:prod'\n" + GRANT,
            "2:10 STS054 GitLab makes no subject such as \"project_path:g/p:environment:prod\"; write project_path:GROUP/PROJECT:ref_type:branch:ref:BRANCH, or ref_type:tag"
        },
        {
            "issuer: https://gitlab.octo.example\nsubject: 'project_path:g/p:ref:main'\n" + GRANT,
            "2:10 STS054 GitLab makes no subject such as \"project_path:g/p:ref:main\"; write project_path:g/p:ref_type:branch:ref:main"
        },
        {
            "issuer: https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF\nsubject: 'System:ServiceAccount:ci:runner'\n"
                    + GRANT,
            "2:10 STS054 Kubernetes makes no subject such as \"System:ServiceAccount:ci:runner\"; write system:serviceaccount:ci:runner"
        },
        {
            "issuer: https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF\nsubject: 'system:serviceaccount:ci:Runner'\n"
                    + GRANT,
            "2:10 STS054 Kubernetes makes no subject such as \"system:serviceaccount:ci:Runner\"; write system:serviceaccount:NAMESPACE:NAME"
        },
        {
            "issuer: https://app.terraform.io\nsubject: 'organization:o:workspace:w:run_phase:apply'\n" + GRANT,
            "2:10 STS054 Terraform Cloud makes no subject such as \"organization:o:workspace:w:run_phase:apply\"; write organization:ORG:project:PROJECT:workspace:WORKSPACE:run_phase:apply, or run_phase:plan"
        },
        {
            "issuer: https://oidc.circleci.com/org/8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b\nsubject: 'org/octo/project/p/user/u'\n"
                    + GRANT,
            "2:10 STS054 CircleCI makes no subject such as \"org/octo/project/p/user/u\"; write org/ORGANIZATION_ID/project/PROJECT_ID/user/USER_ID, or a subject_pattern that ends with user/.*"
        },
        {
            "issuer: https://vstoken.dev.azure.com/8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b\naudience: api://AzureADTokenExchange\nsubject: 'sc://o/p'\n"
                    + GRANT,
            "3:10 STS054 Azure DevOps makes no subject such as \"sc://o/p\"; write sc://ORGANIZATION/PROJECT/SERVICE_CONNECTION"
        },
        {
            ISSUER + SUBJECT + "claim_pattern:\n  repo: 'octo-org/octo-repo'\n" + GRANT,
            "4:3 STS055 tokens of GitHub Actions have no claim \"repo\"; write repository"
        },
        {
            ISSUER + SUBJECT + "claim_pattern:\n  branch: 'main'\n" + GRANT,
            "4:3 STS055 tokens of GitHub Actions have no claim \"branch\"; write ref"
        },
        {
            ISSUER + SUBJECT + "claim_pattern:\n  attribute.repository: 'octo-org/octo-repo'\n" + GRANT,
            "4:3 STS055 tokens of GitHub Actions have no claim \"attribute.repository\"; write repository"
        },
        {
            ISSUER + SUBJECT + "claim_pattern:\n  event_name: 'pull-request'\n" + GRANT,
            "4:15 STS056 the claim event_name is an event such as push or pull_request, which \"pull-request\" cannot match; write it as the token has it"
        },
        {
            ISSUER + SUBJECT + "claim_pattern:\n  runner_environment: 'github'\n" + GRANT,
            "4:23 STS056 the claim runner_environment is github-hosted or self-hosted, which \"github\" cannot match; write it as the token has it"
        },
        {
            ISSUER + SUBJECT + "claim_pattern:\n  repository_visibility: 'Public'\n" + GRANT,
            "4:26 STS056 the claim repository_visibility is public, private or internal, which \"Public\" cannot match; write it as the token has it"
        },
        {
            ISSUER + SUBJECT + "claim_pattern:\n  repository_owner: 'octo-org/octo-repo'\n" + GRANT,
            "4:21 STS056 the claim repository_owner is the owner's name alone, which \"octo-org/octo-repo\" cannot match; write it as the token has it"
        },
        {
            ISSUER + SUBJECT + "claim_pattern:\n  head_ref: 'refs/heads/main'\n" + GRANT,
            "4:13 STS056 the claim head_ref is a branch's bare name, which \"refs/heads/main\" cannot match; write it as the token has it"
        },
        {
            "issuer: https://gitlab.com\nsubject: project_path:g/p:ref_type:branch:ref:main\nclaim_pattern:\n  ref: refs/heads/main\n"
                    + GRANT,
            "4:8 STS056 the claim ref is the bare name of a branch or tag, which \"refs/heads/main\" cannot match; write it as the token has it"
        },
        {
            "issuer: https://gitlab.com\nsubject: project_path:g/p:ref_type:branch:ref:main\nclaim_pattern:\n  branch: main\n"
                    + GRANT,
            "4:3 STS055 tokens of GitLab have no claim \"branch\"; write ref"
        },
        {
            "issuer: https://gitlab.com\nsubject: project_path:g/p:ref_type:branch:ref:main\nclaim_pattern:\n  project_path: p\n"
                    + GRANT,
            "4:17 STS056 the claim project_path is GROUP/PROJECT, which \"p\" cannot match; write it as the token has it"
        },
        {
            "issuer: https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF\nsubject: system:serviceaccount:ci:runner\nclaim:\n  kubernetes.io/namespace: ci\n"
                    + GRANT,
            "4:3 STS055 tokens of Kubernetes have no claim \"kubernetes.io/namespace\" at the top; write /kubernetes.io/namespace"
        },
        {
            "issuer: https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF\nsubject: system:serviceaccount:ci:runner\nclaim_pattern:\n  /kubernetes.io/namespace: ci\n"
                    + GRANT,
            "4:3 STS055 claim_pattern takes names, and no way to what stands deeper; write /kubernetes.io/namespace below claim, with the exact value"
        },
        {
            "issuer: https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF\nsubject: system:serviceaccount:ci:runner\nclaim_pattern:\n  kubernetes.io.namespace: ci\n"
                    + GRANT,
            "4:3 STS055 tokens of Kubernetes have no claim \"kubernetes.io.namespace\" at the top; write /kubernetes.io/namespace below claim, with the exact value"
        },
        {
            ISSUER + "subject_pattern: '*octo-repo*'\n" + GRANT,
            "2:18 STS022 the pattern of \"subject_pattern\" does not compile: nothing to repeat here; any characters are written .* (character 1)"
        },
        {
            ISSUER + "subject_pattern: 'repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/release/**'\n" + GRANT,
            "2:18 STS022 the pattern of \"subject_pattern\" does not compile: two repetitions in a row; possessive ones are not supported, and any characters are written .* (character 62)"
        },
        {
            ISSUER + "subject_pattern: 'repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/\\p{Alpha}+'\n" + GRANT,
            "2:18 STS022 the pattern of \"subject_pattern\" does not compile: invalid character class range; known are [[:alpha:]] and the like, and Unicode's as \\p{L}"
        },
        {
            ISSUER + "subject: repo:octo-org@9919/octo-repo@1296269:pull_request,\n" + GRANT,
            "2:10 STS054 GitHub Actions makes no subject such as \"repo:octo-org@9919/octo-repo@1296269:pull_request,\"; runs of pull requests have repo:octo-org@9919/octo-repo@1296269:pull_request"
        },
    };
}
