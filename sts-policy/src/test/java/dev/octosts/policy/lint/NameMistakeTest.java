package dev.octosts.policy.lint;

import static dev.octosts.policy.lint.Linting.GRANT;
import static dev.octosts.policy.lint.Linting.ISSUER;
import static dev.octosts.policy.lint.Linting.SUBJECT;

/** Keys, permissions and levels under names that other tools have for them. */
class NameMistakeTest extends MistakesOfPolicies {
    static final String[][] MISTAKES = {
        {
            "issuer_url: https://token.actions.githubusercontent.com\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n"
                    + GRANT,
            "1:1 STS008 unknown key \"issuer_url\"; did you mean issuer?"
        },
        {
            "provider: https://token.actions.githubusercontent.com\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n"
                    + GRANT,
            "1:1 STS008 unknown key \"provider\"; did you mean issuer?"
        },
        {
            ISSUER + "subj: repo:octo-org@9919/octo-repo@1296269:.*\n" + GRANT,
            "2:1 STS008 unknown key \"subj\"; did you mean subject?"
        },
        {
            ISSUER + "sub_pattern: repo:octo-org@9919/octo-repo@1296269:.*\n" + GRANT,
            "2:1 STS008 unknown key \"sub_pattern\"; did you mean subject_pattern?"
        },
        {
            ISSUER + "subject_regex: repo:octo-org@9919/octo-repo@1296269:.*\n" + GRANT,
            "2:1 STS008 unknown key \"subject_regex\"; did you mean subject_pattern?"
        },
        {
            ISSUER + SUBJECT + "allowed_audiences: sts.example.com\n" + GRANT,
            "3:1 STS008 unknown key \"allowed_audiences\"; did you mean audience?"
        },
        {ISSUER + SUBJECT + "perms:\n  contents: read\n", "3:1 STS008 unknown key \"perms\"; did you mean permissions?"
        },
        {
            ISSUER + SUBJECT + "scopes:\n  contents: read\n",
            "3:1 STS008 unknown key \"scopes\"; did you mean permissions?"
        },
        {
            ISSUER + SUBJECT + "conditions:\n  ref: refs/heads/main\n" + GRANT,
            "3:1 STS008 unknown key \"conditions\"; did you mean claim_pattern?"
        },
        {
            ISSUER + SUBJECT + "claim_match:\n  ref: refs/heads/main\n" + GRANT,
            "3:1 STS008 unknown key \"claim_match\"; did you mean claim_pattern?"
        },
        {ISSUER + SUBJECT + "app_id: 123\n" + GRANT, "3:1 STS008 unknown key \"app_id\"; did you mean app?"},
        {
            "name: gh\nissuer: https://token.actions.githubusercontent.com\nsubject: repo:octo-org@9919/octo-repo@1296269:environment:prod\naudiences: [\"api://AzureADTokenExchange\"]\n"
                    + GRANT,
            "1:1 STS008 unknown key \"name\"; remove it, the file's name is the identity"
        },
        {
            ISSUER + SUBJECT + "permissions:\ncontents: read\nissues: write\n",
            "4:1 STS008 unknown key \"contents\"; it is a permission, and stands below permissions"
        },
        {
            "{\"iss\":\"https://token.actions.githubusercontent.com\",\"sub\":\"repo:octo-org@9919/octo-repo@1296269:pull_request\"}\n",
            "1:2 STS008 unknown key \"iss\"; did you mean issuer?"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  'organization_members': read\n",
            "4:3 STS012 unknown permission \"organization_members\"; did you mean members?"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  'teams': read\n",
            "4:3 STS012 unknown permission \"teams\"; did you mean members?"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  'packages_write': read\n",
            "4:3 STS012 unknown permission \"packages_write\"; did you mean packages?"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  'actions_secrets': read\n",
            "4:3 STS012 unknown permission \"actions_secrets\"; did you mean secrets?"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  'issue_comments': read\n",
            "4:3 STS012 unknown permission \"issue_comments\"; did you mean issues?"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  'checkruns': read\n",
            "4:3 STS012 unknown permission \"checkruns\"; did you mean checks?"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  'self_hosted_runners': read\n",
            "4:3 STS012 unknown permission \"self_hosted_runners\"; did you mean organization_self_hosted_runners?"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  'admin': read\n",
            "4:3 STS012 \"admin\" is a level and no permission; write it behind the permission, as contents: admin"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  repository:\n    contents: read\n",
            "4:3 STS012 unknown permission \"repository\"; remove it, and move what stands below it to the left"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  write: contents\n",
            "4:3 STS012 \"write\" is a level and no permission; write it behind the permission, as contents: write"
        },
        {
            ISSUER + SUBJECT + "permissions: read-all\n",
            "3:14 STS011 permissions must be a mapping, found text; write name: level, one a line, below it"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  - contents:read\n",
            "4:3 STS011 permissions must be a mapping, found a list; remove the dashes"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  contents: none\n",
            "4:13 STS013 unknown level \"none\" for permission \"contents\"; expected one of read, write; remove the permission, what is not named is not granted"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  contents: no access\n",
            "4:13 STS013 unknown level \"no access\" for permission \"contents\"; expected one of read, write; remove the permission, what is not named is not granted"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  contents: rw\n",
            "4:13 STS013 unknown level \"rw\" for permission \"contents\"; did you mean write?"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  contents: read-only\n",
            "4:13 STS013 unknown level \"read-only\" for permission \"contents\"; did you mean read?"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  'wiki': read\n",
            "4:3 STS012 unknown permission \"wiki\"; remove it, installation tokens have no such permission"
        },
    };
}
