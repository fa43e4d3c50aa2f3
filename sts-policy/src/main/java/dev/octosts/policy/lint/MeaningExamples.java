package dev.octosts.policy.lint;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import java.util.Map;

/** Examples of policies that do not mean what their author wanted. */
final class MeaningExamples {
    static final Map<DiagnosticCode, Example> ALL = Map.ofEntries(
            Map.entry(
                    DiagnosticCode.CONTROL_CHARACTER,
                    Example.subjects(
                            "subject_pattern: |\n  repo:octo-org@9919/octo-repo@1296269:ref:refs/tags/v[0-9]+\n",
                            "subject_pattern: |-\n  repo:octo-org@9919/octo-repo@1296269:ref:refs/tags/v[0-9]+\n")),
            Map.entry(
                    DiagnosticCode.LOOKALIKE,
                    Example.subjects(
                            "subject: \u201crepo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\u201d\n",
                            "subject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n")),
            Map.entry(
                    DiagnosticCode.DOUBLED_BACKSLASH,
                    Example.subjects(
                            "subject_pattern: 'repo:octo-org@9919/octo-repo@1296269:ref:refs/tags/v\\\\d+'\n",
                            "subject_pattern: 'repo:octo-org@9919/octo-repo@1296269:ref:refs/tags/v\\d+'\n")),
            Map.entry(
                    DiagnosticCode.OWNER_IN_REPOSITORIES,
                    Example.parts("repositories: [octo-org/octo-repo]\n", "repositories: [octo-repo]\n")
                            .inOrganization()),
            Map.entry(
                    DiagnosticCode.BAD_REPOSITORY_NAME,
                    Example.parts("repositories: ['octo-*']\n", "repositories: [octo-one, octo-two]\n")
                            .inOrganization()),
            Map.entry(
                    DiagnosticCode.BAD_ISSUER,
                    Example.granted(
                            "issuer: token.actions.githubusercontent.com\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n",
                            "issuer: https://token.actions.githubusercontent.com\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n")),
            Map.entry(
                    DiagnosticCode.BAD_SUBJECT,
                    Example.subjects(
                            "subject: 'repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main '\n",
                            "subject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n")),
            Map.entry(
                    DiagnosticCode.BAD_AUDIENCE,
                    Example.parts("audience: ci@octo-org\n", "audience: https://github.com/octo-org\n")),
            Map.entry(
                    DiagnosticCode.LEVEL_NOT_OFFERED,
                    Example.parts("permissions:\n  issues: admin\n", "permissions:\n  issues: write\n")),
            Map.entry(
                    DiagnosticCode.ISSUER_NEVER_MATCHES,
                    Example.granted(
                            "issuer_pattern: oidc\\.eks\\.[a-z0-9-]+\\.amazonaws\\.com/id/[0-9A-F]{32}\nsubject: system:serviceaccount:default:app\n",
                            "issuer_pattern: https://oidc\\.eks\\.[a-z0-9-]+\\.amazonaws\\.com/id/[0-9A-F]{32}\nsubject: system:serviceaccount:default:app\n")),
            Map.entry(
                    DiagnosticCode.UNTRUSTED_ISSUER,
                    Example.granted(
                                    "issuer: https://gitlab.com\nsubject: project_path:octo/repo:ref_type:branch:ref:main\n",
                                    "issuer: https://token.actions.githubusercontent.com\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n")
                            .trusting("issuers: ['https://token.actions.githubusercontent.com']\n")),
            Map.entry(
                    DiagnosticCode.BEYOND_GUARDRAILS,
                    Example.parts("permissions:\n  issues: write\n", "permissions:\n  issues: read\n")
                            .guardedBy("max_permissions: {contents: read, issues: read}\n")),
            Map.entry(
                    DiagnosticCode.BEYOND_AUDITED_RULE,
                    Example.parts("permissions:\n  issues: write\n", "permissions:\n  issues: read\n")
                            .guardedBy("mode: audit\nmax_permissions: {contents: read, issues: read}\n")),
            Map.entry(
                    DiagnosticCode.REGEX_IN_EXACT,
                    Example.subjects(
                            "subject: repo:octo-org@9919/octo-repo@1296269:ref:refs/tags/v.*\n",
                            "subject_pattern: repo:octo-org@9919/octo-repo@1296269:ref:refs/tags/v.*\n")),
            Map.entry(
                    DiagnosticCode.PATTERN_IN_SLASHES,
                    Example.parts(
                            "claim_pattern:\n  workflow: /release-[0-9]+/\n",
                            "claim_pattern:\n  workflow: release-[0-9]+\n")),
            Map.entry(
                    DiagnosticCode.GLOB_IN_PATTERN,
                    Example.subjects(
                            "subject_pattern: repo:octo-org@9919/octo-repo@1296269:ref:refs/tags/*\n",
                            "subject_pattern: repo:octo-org@9919/octo-repo@1296269:ref:refs/tags/.*\n")),
            Map.entry(
                    DiagnosticCode.UNESCAPED_DOT,
                    Example.parts(
                            "claim_pattern:\n  job_workflow_ref: octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main\n",
                            "claim_pattern:\n  job_workflow_ref: octo-org/octo-repo/\\.github/workflows/release\\.yml@refs/heads/main\n")),
            Map.entry(
                    DiagnosticCode.UNGROUPED_ALTERNATION,
                    Example.parts(
                            "claim_pattern:\n  event_name: push|workflow_dispatch\n",
                            "claim_pattern:\n  event_name: (push|workflow_dispatch)\n")),
            Map.entry(
                    DiagnosticCode.MATCHES_EVERYTHING,
                    Example.parts("claim_pattern:\n  event_name: .*\n", "claim_pattern:\n  event_name: push\n")),
            Map.entry(
                    DiagnosticCode.ANY_OWNER,
                    Example.subjects("subject_pattern: repo:.*\n", "subject_pattern: repo:octo-org@9919/.*\n")),
            Map.entry(
                    DiagnosticCode.UNBOUND_SUBJECT,
                    Example.granted(
                            "issuer: https://accounts.google.com\nsubject_pattern: '[0-9]+'\n",
                            "issuer: https://accounts.google.com\nsubject: '117292703478108941530'\n")),
            Map.entry(
                    DiagnosticCode.OPEN_ISSUER_PATTERN,
                    Example.granted(
                            "issuer_pattern: https://.*\\.example\\.com\nsubject: system:serviceaccount:default:app\n",
                            "issuer_pattern: https://[a-z0-9-]+\\.example\\.com\nsubject: system:serviceaccount:default:app\n")),
            Map.entry(
                    DiagnosticCode.PULL_REQUEST_WRITES,
                    Example.subjects(
                            "subject: repo:octo-org@9919/octo-repo@1296269:pull_request\npermissions:\n  issues: write\n",
                            "subject: repo:octo-org@9919/octo-repo@1296269:pull_request\nclaim_pattern:\n  job_workflow_ref: octo-org/octo-repo/\\.github/workflows/label\\.yml@refs/heads/main\npermissions:\n  issues: write\n")),
            Map.entry(
                    DiagnosticCode.ANY_BRANCH_WRITES,
                    Example.subjects(
                            "subject_pattern: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/.*\npermissions:\n  issues: write\n",
                            "subject_pattern: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/.*\nclaim_pattern:\n  ref_protected: \"true\"\npermissions:\n  issues: write\n")),
            Map.entry(
                    DiagnosticCode.ORGANIZATION_PERMISSION,
                    Example.parts(
                            "permissions:\n  contents: read\n  members: read\n", "permissions:\n  contents: read\n")),
            Map.entry(
                    DiagnosticCode.SELF_REWRITE,
                    Example.parts("permissions:\n  contents: write\n", "permissions:\n  contents: read\n")),
            Map.entry(
                    DiagnosticCode.WRITES_EVERYWHERE,
                    Example.parts(
                                    "permissions:\n  issues: write\n",
                                    "permissions:\n  issues: write\nrepositories: [octo-repo]\n")
                            .inOrganization()),
            Map.entry(
                    DiagnosticCode.MUTABLE_SUBJECT,
                    Example.subjects(
                            "subject: repo:octo-org/octo-repo:ref:refs/heads/main\n",
                            "subject_pattern: repo:octo-org(@[0-9]+)?/octo-repo(@[0-9]+)?:ref:refs/heads/main\n")),
            Map.entry(DiagnosticCode.FOREIGN_AUDIENCE, Example.parts("audience: sts.amazonaws.com\n", "")),
            Map.entry(
                    DiagnosticCode.POWERFUL_GRANT,
                    Example.subjects(
                            "subject_pattern: repo:octo-org@9919/octo-repo@1296269:ref:refs/tags/v[0-9]+\npermissions:\n  administration: write\n",
                            "subject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\npermissions:\n  administration: write\n")),
            Map.entry(
                    DiagnosticCode.ANY_WORKLOAD,
                    Example.granted(
                            "issuer: https://app.terraform.io\nsubject_pattern: organization:octo-org:.*\n",
                            "issuer: https://app.terraform.io\nsubject: organization:octo-org:project:octo-project:workspace:octo-workspace:run_phase:apply\n")),
            Map.entry(DiagnosticCode.NAME_WITH_BLANK, Example.named("octo ci.sts.yaml", "octo-ci.sts.yaml")),
            Map.entry(
                    DiagnosticCode.DEFAULT_AUDIENCE,
                    Example.granted(
                            "issuer: https://vstoken.dev.azure.com/8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b\nsubject: sc://octo-org/octo-project/octo-connection\n",
                            "issuer: https://vstoken.dev.azure.com/8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b\nsubject: sc://octo-org/octo-project/octo-connection\naudience: api://AzureADTokenExchange\n")),
            Map.entry(
                    DiagnosticCode.MISSPELT_ISSUER,
                    Example.granted(
                            "issuer: https://token.actions.githubusercontent.com/\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n",
                            "issuer: https://token.actions.githubusercontent.com\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n")),
            Map.entry(
                    DiagnosticCode.SUBJECT_FORM,
                    Example.subjects(
                            "subject: repo:octo-org@9919/octo-repo@1296269:refs/heads/main\n",
                            "subject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n")),
            Map.entry(
                    DiagnosticCode.UNKNOWN_CLAIM,
                    Example.parts(
                            "claim_pattern:\n  job_workflow_reff: octo-org/octo-repo/\\.github/workflows/release\\.yml@refs/heads/main\n",
                            "claim_pattern:\n  job_workflow_ref: octo-org/octo-repo/\\.github/workflows/release\\.yml@refs/heads/main\n")),
            Map.entry(
                    DiagnosticCode.CLAIM_FORM,
                    Example.parts("claim_pattern:\n  ref: main\n", "claim_pattern:\n  ref: refs/heads/main\n")),
            Map.entry(
                    DiagnosticCode.NEVER_MATCHES,
                    Example.subjects(
                            "subject_pattern: repo:octo-org@9919/octo-repo@1296269$:ref:refs/heads/main\n",
                            "subject_pattern: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/[a-z]+$\n")),
            Map.entry(
                    DiagnosticCode.PATTERN_FOR_EXACT,
                    Example.subjects(
                            "subject_pattern: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n",
                            "subject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n")),
            Map.entry(DiagnosticCode.DRAFT_NAME, Example.named("drafts/release.yaml", "drafts/release.sts.yaml")),
            Map.entry(
                    DiagnosticCode.EVERY_REPOSITORY,
                    Example.parts("repositories: []\n", "repositories: [octo-repo]\n")
                            .inOrganization()));

    private MeaningExamples() {}
}
