package dev.octosts.policy.lint;

import static dev.octosts.policy.lint.Linting.ISSUER;
import static dev.octosts.policy.lint.Linting.SUBJECT;

import dev.octosts.policy.repository.FileKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Lists of trusted issuers, guard rails and policies of organizations. */
class OrganizationFileMistakeTest {
    static final String[][] MISTAKES = {
        {
            "TRUSTED_ISSUERS",
            "mode: Enforce\nissuers: [https://gitlab.com]\n",
            "1:7 STS070 unknown mode \"Enforce\"; expected enforce or audit"
        },
        {
            "TRUSTED_ISSUERS",
            "issuers: https://gitlab.com\n",
            "1:10 STS015 issuers must be a list of texts; write it in brackets"
        },
        {
            "TRUSTED_ISSUERS",
            "issuers:\n  https://gitlab.com\n  https://accounts.google.com\n",
            "2:3 STS015 issuers must be a list of texts; write it in brackets"
        },
        {
            "TRUSTED_ISSUERS",
            "issuers:\n  -https://gitlab.com\n",
            "2:3 STS015 issuers must be a list of texts; write a blank behind each dash"
        },
        {
            "TRUSTED_ISSUERS",
            "issuers: ['https://*.example.com']\n",
            "1:11 STS040 issuers are compared as they are, so \"https://*.example.com\" matches nothing; move it to issuer_patterns, as https://[^/]*\\.example\\.com"
        },
        {
            "TRUSTED_ISSUERS",
            "issuers: [https://GitLab.com]\n",
            "1:11 STS032 \"https://GitLab.com\" is no issuer: an https address with host in lower case, without query and fragment, is expected; write https://gitlab.com"
        },
        {
            "TRUSTED_ISSUERS",
            "issuers: [https://token.actions.githubusercontent.com/]\n",
            "1:11 STS053 no token has the issuer \"https://token.actions.githubusercontent.com/\"; write https://token.actions.githubusercontent.com"
        },
        {
            "TRUSTED_ISSUERS",
            "issuers: [token.actions.githubusercontent.com]\n",
            "1:11 STS032 \"token.actions.githubusercontent.com\" is no issuer: an https address with host in lower case, without query and fragment, is expected; write https://token.actions.githubusercontent.com"
        },
        {
            "TRUSTED_ISSUERS",
            "issuers: [http://gitlab.com]\n",
            "1:11 STS032 \"http://gitlab.com\" is no issuer: an https address with host in lower case, without query and fragment, is expected; write https://gitlab.com"
        },
        {
            "TRUSTED_ISSUERS",
            "issuers: ['https://gitlab.com/.well-known/openid-configuration']\n",
            "1:11 STS053 no token has the issuer \"https://gitlab.com/.well-known/openid-configuration\"; write https://gitlab.com"
        },
        {
            "TRUSTED_ISSUERS",
            "issuer_patterns: ['https://oidc.eks.eu-west-1.amazonaws.com/id/[0-9A-F]+']\n",
            "1:19 STS073 the pattern can match a slash where none is written, and so other hosts; write https://oidc\\.eks\\.eu-west-1\\.amazonaws\\.com/id/[0-9A-F]+"
        },
        {
            "TRUSTED_ISSUERS",
            "issuer_patterns: ['https://oidc\\.eks\\.eu-west-1\\.amazonaws\\.com/id/.*']\n",
            "1:19 STS073 the pattern can match a slash where none is written, and so other hosts; write https://oidc\\.eks\\.eu-west-1\\.amazonaws\\.com/id/[^/]*"
        },
        {
            "TRUSTED_ISSUERS",
            "issuer_patterns: ['gitlab\\.com']\n",
            "1:19 STS037 no issuer matches \"gitlab\\\\.com\", because issuers start with https://; start it with https://"
        },
        {
            "GUARDRAILS",
            "overrides:\n  repositories: [a]\n  self_rewrite: allow\n",
            "2:3 STS015 overrides must be a list of mappings; write a dash before the first line of each"
        },
        {
            "GUARDRAILS",
            "self_rewrite: deny\noverrides:\n  - repositories: octo-repo\n    self_rewrite: allow\n",
            "3:19 STS015 repositories must be a list of texts; write it in brackets"
        },
        {
            "GUARDRAILS",
            "issuers:\n  - issuer: https://token.actions.githubusercontent.com\n    owners: octo-org\n",
            "3:13 STS015 owners must be a list of texts; write it in brackets"
        },
        {
            "GUARDRAILS",
            "issuers: [https://gitlab.com]\n",
            "1:11 STS011 an entry of issuers must be a mapping with issuer in it; write name: value, one a line, below it"
        },
        {"GUARDRAILS", "self_rewrite: true\n", "1:15 STS075 self_rewrite is \"true\"; expected allow or deny"},
        {
            "GUARDRAILS",
            "max_permissions:\n  pull-requests: read\n",
            "2:3 STS012 unknown permission \"pull-requests\"; did you mean pull_requests?"
        },
        {
            "ORGANIZATION",
            ISSUER + SUBJECT + "permissions:\n  contents: read\nrepositories: octo-repo\n",
            "5:15 STS015 repositories must be a list of repository names, found text; write it in brackets"
        },
        {
            "ORGANIZATION",
            ISSUER + SUBJECT + "permissions:\n  contents: read\nrepositories: octo-repo, octo-docs\n",
            "5:15 STS015 repositories must be a list of repository names, found text; write it in brackets"
        },
        {
            "ORGANIZATION",
            ISSUER + SUBJECT + "permissions:\n  contents: read\nrepositories: all\n",
            "5:15 STS015 repositories must be a list of repository names, found text; name each; for every one, leave the key out"
        },
        {
            "ORGANIZATION",
            ISSUER + SUBJECT + "permissions:\n  contents: read\nrepositories:\n  - name: octo-repo\n",
            "6:5 STS015 repositories must be a list of repository names, found a mapping in it; write a list of texts, each with a dash before it"
        },
        {
            "ORGANIZATION",
            ISSUER + SUBJECT + "permissions:\n  contents: read\nrepositories: [octo-org/octo-repo]\n",
            "5:16 STS030 GitHub refuses \"octo-org/octo-repo\", because repositories are named without their owner; write octo-repo"
        },
        {
            "ORGANIZATION",
            ISSUER + SUBJECT + "permissions:\n  contents: read\nrepositories: ['*']\n",
            "5:16 STS031 \"*\" is no repository's name; name each repository; no list at all means every one"
        },
    };

    @ParameterizedTest
    @FieldSource("MISTAKES")
    void is_told_first_with_its_cause_and_its_remedy(String kind, String file, String line) {
        Linting.assertFirst(file, line, Linting.context(kind(kind)));
    }

    @ParameterizedTest
    @FieldSource("MISTAKES")
    void its_fix_removes_it(String kind, String file, String line) {
        Linting.assertFixed(file, Linting.context(kind(kind)));
    }

    private static FileKind kind(String name) {
        return FileKind.all().stream()
                .filter(kind -> kind.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
