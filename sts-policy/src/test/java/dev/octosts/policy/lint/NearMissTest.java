package dev.octosts.policy.lint;

import static dev.octosts.policy.lint.Linting.GRANT;
import static dev.octosts.policy.lint.Linting.ISSUER;
import static dev.octosts.policy.lint.Linting.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Policies that look like a mistake and are none. The examples' right files are further ones. */
class NearMissTest {
    static final String[][] NEAR_MISSES = {
        {
            "REGEX_IN_EXACT",
            "issuer: https://example.eu.auth0.com/\n" + "subject: auth0|5f7c8ec7c33c6c004bbafe82\n" + GRANT
        },
        {"REGEX_IN_EXACT", "issuer: https://i.example\n" + "subject: a+b@example.com\n" + GRANT},
        {"UNESCAPED_DOT", ISSUER + SUBJECT + "claim_pattern:\n  workflow: 'a.*b.+c.?d.{2}[.]\\.'\n" + GRANT},
        {"UNGROUPED_ALTERNATION", ISSUER + SUBJECT + "claim_pattern:\n  workflow: ^(a|b)(c|[|])\\|$\n" + GRANT},
        {"MATCHES_EVERYTHING", ISSUER + SUBJECT + "claim_pattern:\n  workflow: '[a-z]+'\n" + GRANT},
        {
            "ANY_OWNER",
            ISSUER + "subject_pattern: repo:.*\n" + "claim_pattern:\n  repository_owner_id: \"9919\"\n" + GRANT
        },
        {"ANY_OWNER", ISSUER + "subject_pattern: repo:octo-org(@[0-9]+)?/.*\n" + GRANT},
        {"ANY_OWNER", "issuer: https://token.actions.octo.ghe.com\n" + "subject_pattern: repo:.*\n" + GRANT},
        {
            "UNBOUND_SUBJECT",
            "issuer: https://accounts.google.com\n" + "subject_pattern: .*\n"
                    + "claim_pattern:\n  email: .*@octo\\.example\n" + GRANT
        },
        {"UNBOUND_SUBJECT", "issuer: https://gitlab.com\n" + "subject_pattern: project_path:octo/.*\n" + GRANT},
        {"OPEN_ISSUER_PATTERN", "issuer_pattern: https://[a-z]+\\.example\\.com/[0-9a-f]+\n" + "subject: x\n" + GRANT},
        {"PULL_REQUEST_WRITES", ISSUER + "subject: repo:o@1/r@2:pull_request\n" + GRANT},
        {
            "PULL_REQUEST_WRITES",
            ISSUER + "subject_pattern: repo:o@1/r@2:.*\n" + "claim_pattern:\n  event_name: (push|schedule)\n"
                    + "permissions:\n  issues: write\n"
        },
        {"PULL_REQUEST_WRITES", ISSUER + "subject_pattern: repo:o@1/r@2:ref:.*\n" + "permissions:\n  issues: write\n"},
        {
            "ANY_BRANCH_WRITES",
            ISSUER + "subject_pattern: repo:o@1/r@2:ref:refs/tags/.*\n" + "permissions:\n  issues: write\n"
        },
        {
            "ANY_BRANCH_WRITES",
            ISSUER + "subject_pattern: repo:o@1/r@2:environment:.*\n" + "permissions:\n  issues: write\n"
        },
        {"SELF_REWRITE", ISSUER + SUBJECT + "permissions:\n  contents: read\n  issues: write\n"},
        {"LEVEL_NOT_OFFERED", ISSUER + SUBJECT + "permissions:\n  workflows: write\n  repository_projects: admin\n"},
        {"ORGANIZATION_PERMISSION", ISSUER + SUBJECT + "permissions:\n  repository_projects: read\n"},
        {"MUTABLE_SUBJECT", ISSUER + "subject_pattern: repo:octo-org(@9919)?/octo-repo(@[0-9]+)?:.*\n" + GRANT},
        {"MUTABLE_SUBJECT", "issuer: https://gitlab.com\n" + "subject: repo:o/r:ref:refs/heads/main\n" + GRANT},
        {"DEFAULT_AUDIENCE", "issuer: https://agent.buildkite.com\n" + "subject: organization:o:pipeline:p\n" + GRANT},
        {"MISSPELT_ISSUER", "issuer: https://token.actions.githubusercontent.com/octo-enterprise\n" + SUBJECT + GRANT},
        {"MISSPELT_ISSUER", "issuer: https://gitlab.octo.com\n" + "subject: x\n" + GRANT},
        {"SUBJECT_FORM", ISSUER + "subject: repo:o@1/r@2:environment:production\n" + GRANT},
        {"SUBJECT_FORM", ISSUER + "subject: repository_owner:octo-org\n" + GRANT},
        {"SUBJECT_FORM", ISSUER + "subject_pattern: repository_owner:octo-org/?.*\n" + GRANT},
        {"SUBJECT_FORM", ISSUER + "subject_pattern: .*/octo-repo:.*\n" + GRANT},
        {"SUBJECT_FORM", "issuer: https://gitlab.com\nsubject: project_path:g/s/p:ref_type:tag:ref:v1\n" + GRANT},
        {"SUBJECT_FORM", "issuer: https://gitlab.com\nsubject: project_path:g/p\n" + GRANT},
        {"SUBJECT_FORM", "issuer: https://k8s.example\nsubject: system:serviceaccount:default:app\n" + GRANT},
        {"SUBJECT_FORM", "issuer: https://i.example\nsubject: sa-builder@octo\n" + GRANT},
        {"SUBJECT_FORM", "issuer: https://accounts.google.com\nsubject: '117292703478108941530'\n" + GRANT},
        {"NEVER_MATCHES", ISSUER + "subject_pattern: '^repo:o@1/r@2:ref:refs/heads/main$'\n" + GRANT},
        {"GLOB_IN_PATTERN", ISSUER + SUBJECT + "claim_pattern:\n  workflow: '[a-z]*\\d*(ab)*.*\\**x+y*?'\n" + GRANT},
        {"PATTERN_IN_SLASHES", ISSUER + SUBJECT + "claim_pattern:\n  workflow: /a/b\n" + GRANT},
        {"UNKNOWN_CLAIM", ISSUER + SUBJECT + "claim_pattern:\n  repo_property_team: octo\n" + GRANT},
        {
            "UNKNOWN_CLAIM",
            "issuer: https://gitlab.com\n" + "subject: project_path:g/p:ref_type:branch:ref:main\n"
                    + "claim_pattern:\n  pipeline_source: push\n" + GRANT
        },
        {
            "CLAIM_FORM",
            ISSUER + SUBJECT + "claim_pattern:\n  ref: refs/(heads|tags)/.*\n  repository: octo-org/.*\n" + GRANT
        },
        {"PATTERN_FOR_EXACT", ISSUER + "subject_pattern: repo:o@1/r@2:ref:refs/heads/(main|dev)\n" + GRANT},
        {"BAD_ISSUER", "issuer: http://localhost:8080\n" + "subject: x\n" + GRANT},
        {"BAD_SUBJECT", "issuer: https://i.example\n" + "subject: 'auth0|a@b#c'\n" + GRANT},
        {"BAD_SUBJECT", ISSUER + "subject: 'repo:o@1/r@2:environment:Prod (EU) [1], or test'\n" + GRANT},
        {"BAD_SUBJECT", ISSUER + "subjects: ['repo:o@1/r@2:environment:Prod EU', 'repo:o@1/r@2:pull_request']\n" + GRANT
        },
        {"REGEX_IN_EXACT", ISSUER + "subject: 'repo:o@1/r@2:environment:Prod (EU) [1]'\n" + GRANT},
        {"REGEX_IN_EXACT", ISSUER + SUBJECT + "claim:\n  workflow: Release (EU) [1]\n" + GRANT},
        {"SUBJECT_FORM", ISSUER + "subject: 'repo:o@1/r@2:environment:Prod (EU) [1]'\n" + GRANT},
        {"UNKNOWN_CLAIM", ISSUER + SUBJECT + "claim:\n  /ref: refs/heads/main\n  ref_type: branch\n" + GRANT},
        {"CLAIM_FORM", ISSUER + SUBJECT + "claim:\n  ref_type: [branch, tag]\n  repository_owner_id: 9919\n" + GRANT},
        {
            "PULL_REQUEST_WRITES",
            ISSUER + "subject: repo:o@1/r@2:pull_request\n" + "claim:\n  event_name: [push, workflow_dispatch]\n"
                    + "permissions:\n  issues: write\n"
        },
        {"BAD_AUDIENCE", ISSUER + SUBJECT + "audience: 'api://AzureADTokenExchange'\n" + GRANT},
        {"UNKNOWN_KEY", ISSUER + SUBJECT + GRANT + "claim_pattern: {}\n"},
        {"UNKNOWN_LEVEL", ISSUER + SUBJECT + "permissions:\n  issues: 'write'\n"},
        {"EXCLUSIVE_KEYS", ISSUER + SUBJECT + "subject_pattern: ''\n" + GRANT},
        {"LOOK_AROUND", ISSUER + SUBJECT + "claim_pattern:\n  workflow: (?:a)(?i)b\n" + GRANT},
        {"BACK_REFERENCE", ISSUER + SUBJECT + "claim_pattern:\n  workflow: 'a\\\\1'\n" + GRANT},
    };

    @ParameterizedTest
    @FieldSource("NEAR_MISSES")
    void is_not_told(DiagnosticCode code, String file) {
        assertThat(Linting.lint(file)).extracting(Diagnostic::code).doesNotContain(code);
    }
}
