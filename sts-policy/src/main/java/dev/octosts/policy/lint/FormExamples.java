package dev.octosts.policy.lint;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import java.util.Map;

/** Examples of files that the engine refuses. */
final class FormExamples {
    static final Map<DiagnosticCode, Example> ALL = Map.ofEntries(
            Map.entry(DiagnosticCode.UNREADABLE, Example.parts("# \u0007\n", "# a comment\n")),
            Map.entry(
                    DiagnosticCode.NOT_YAML,
                    Example.parts(
                            "claim_pattern:\n	ref: refs/heads/main\n", "claim_pattern:\n  ref: refs/heads/main\n")),
            Map.entry(
                    DiagnosticCode.BAD_ESCAPE,
                    Example.parts(
                            "claim_pattern:\n  ref: \"refs/tags/v\\d+\"\n",
                            "claim_pattern:\n  ref: 'refs/tags/v\\d+'\n")),
            Map.entry(
                    DiagnosticCode.SECOND_DOCUMENT,
                    Example.files(
                            "issuer: https://token.actions.githubusercontent.com\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\npermissions:\n  contents: read\n---\nissuer: https://token.actions.githubusercontent.com\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\npermissions:\n  contents: read\n",
                            "issuer: https://token.actions.githubusercontent.com\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\npermissions:\n  contents: read\n")),
            Map.entry(
                    DiagnosticCode.TOO_COMPLEX,
                    Example.files(
                            "[".repeat(60) + "]".repeat(60) + "\n",
                            "issuer: https://token.actions.githubusercontent.com\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\npermissions:\n  contents: read\n")),
            Map.entry(
                    DiagnosticCode.NO_MAPPING,
                    Example.files(
                            "- issuer: https://token.actions.githubusercontent.com\n",
                            "issuer: https://token.actions.githubusercontent.com\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\npermissions:\n  contents: read\n")),
            Map.entry(
                    DiagnosticCode.EMPTY_FILE,
                    Example.files(
                            "# later\n",
                            "issuer: https://token.actions.githubusercontent.com\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\npermissions:\n  contents: read\n")),
            Map.entry(
                    DiagnosticCode.UNKNOWN_KEY,
                    Example.parts("claims:\n  ref: refs/heads/main\n", "claim_pattern:\n  ref: refs/heads/main\n")),
            Map.entry(
                    DiagnosticCode.DUPLICATE_KEY,
                    Example.parts(
                            "permissions:\n  contents: read\n  issues: read\n  contents: read\n",
                            "permissions:\n  contents: read\n  issues: read\n")),
            Map.entry(
                    DiagnosticCode.TEXT_WANTED,
                    Example.parts("permissions:\n  issues: [read, write]\n", "permissions:\n  issues: write\n")),
            Map.entry(
                    DiagnosticCode.MAPPING_WANTED,
                    Example.parts("permissions:\n  - issues: write\n", "permissions:\n  issues: write\n")),
            Map.entry(
                    DiagnosticCode.UNKNOWN_PERMISSION,
                    Example.parts("permissions:\n  pull-requests: write\n", "permissions:\n  pull_requests: write\n")),
            Map.entry(
                    DiagnosticCode.UNKNOWN_LEVEL,
                    Example.parts("permissions:\n  issues: read,write\n", "permissions:\n  issues: write\n")),
            Map.entry(DiagnosticCode.REPOSITORIES_NOT_HERE, Example.parts("repositories:\n  - octo-repo\n", "")),
            Map.entry(
                    DiagnosticCode.LIST_WANTED,
                    Example.parts("repositories: octo-repo\n", "repositories: [octo-repo]\n")
                            .inOrganization()),
            Map.entry(
                    DiagnosticCode.TAG,
                    Example.parts(
                            "claim_pattern:\n  ref: !regex refs/heads/main\n",
                            "claim_pattern:\n  ref: refs/heads/main\n")),
            Map.entry(
                    DiagnosticCode.BAD_KEY,
                    Example.parts(
                            "claim_pattern:\n  [ref]: refs/heads/main\n", "claim_pattern:\n  ref: refs/heads/main\n")),
            Map.entry(
                    DiagnosticCode.MISSING_KEY,
                    Example.granted(
                            "issuer: https://token.actions.githubusercontent.com\n",
                            "issuer: https://token.actions.githubusercontent.com\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n")),
            Map.entry(DiagnosticCode.EXCLUSIVE_KEYS, Example.parts("subject_pattern: repo:octo-org@9919/.*\n", "")),
            Map.entry(
                    DiagnosticCode.BAD_PATTERN,
                    Example.parts(
                            "claim_pattern:\n  ref: refs/heads/(main\n", "claim_pattern:\n  ref: refs/heads/(main)\n")),
            Map.entry(
                    DiagnosticCode.LOOK_AROUND,
                    Example.parts(
                            "claim_pattern:\n  ref: refs/heads/(?!main).+\n",
                            "claim_pattern:\n  ref: refs/heads/feature-.+\n")),
            Map.entry(
                    DiagnosticCode.BACK_REFERENCE,
                    Example.parts(
                            "claim_pattern:\n  ref: refs/heads/(a|b)-\\1\n",
                            "claim_pattern:\n  ref: refs/heads/(a-a|b-b)\n")),
            Map.entry(
                    DiagnosticCode.PATTERN_TOO_LARGE,
                    Example.parts(
                            "claim_pattern:\n  ref: refs/heads/(a{500}){500}\n",
                            "claim_pattern:\n  ref: refs/heads/a+\n")),
            Map.entry(
                    DiagnosticCode.NOTHING_GRANTED,
                    Example.files(
                            "issuer: https://token.actions.githubusercontent.com\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n",
                            "issuer: https://token.actions.githubusercontent.com\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\npermissions:\n  contents: read\n")),
            Map.entry(
                    DiagnosticCode.UNKNOWN_MODE,
                    Example.trusted(
                            "mode: enforced\nissuers: [https://gitlab.com]\n",
                            "mode: enforce\nissuers: [https://gitlab.com]\n")),
            Map.entry(
                    DiagnosticCode.NO_ENTRIES,
                    Example.trusted("mode: enforce\nissuers: []\n", "mode: enforce\nissuers: [https://gitlab.com]\n")),
            Map.entry(
                    DiagnosticCode.OPEN_SLASH,
                    Example.trusted(
                            "issuer_patterns: ['https://.*\\.example\\.com']\n",
                            "issuer_patterns: ['https://[a-z0-9-]+\\.example\\.com']\n")),
            Map.entry(
                    DiagnosticCode.TOO_MANY_ENTRIES,
                    Example.trusted(
                            "issuer_patterns:\n" + "  - https://[a-z]+\\.example\\.com\n".repeat(17),
                            "issuer_patterns:\n  - https://[a-z]+\\.example\\.com\n")),
            Map.entry(
                    DiagnosticCode.BAD_GLOB,
                    Example.guarded(
                            "overrides:\n  - repositories: ['octo org/*']\n    self_rewrite: deny\n",
                            "overrides:\n  - repositories: ['octo-org/*']\n    self_rewrite: deny\n")),
            Map.entry(
                    DiagnosticCode.ALLOW_OR_DENY,
                    Example.guarded("repository_policies: denied\n", "repository_policies: deny\n")),
            Map.entry(DiagnosticCode.NO_RULE, Example.guarded("mode: audit\n", "mode: audit\nself_rewrite: deny\n")),
            Map.entry(
                    DiagnosticCode.BAD_OWNER,
                    Example.guarded(
                            "issuers:\n  - issuer: https://token.actions.githubusercontent.com\n    owners: [octo-org/octo-repo]\n",
                            "issuers:\n  - issuer: https://token.actions.githubusercontent.com\n    owners: [octo-org]\n")),
            Map.entry(DiagnosticCode.WRONG_FILE_NAME, Example.named("example.yaml", "example.sts.yaml")));

    private FormExamples() {}
}
