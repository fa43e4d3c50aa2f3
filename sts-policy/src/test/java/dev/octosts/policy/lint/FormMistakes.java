package dev.octosts.policy.lint;

import static dev.octosts.policy.lint.Linting.GRANT;
import static dev.octosts.policy.lint.Linting.ISSUER;
import static dev.octosts.policy.lint.Linting.SUBJECT;

import java.util.List;

/** Files that are no YAML, or whose keys, permissions and levels do not exist. */
final class FormMistakes {

    static final List<Mistake> ALL = List.of(
            new Mistake(
                    "a dash in a permission's name",
                    ISSUER + SUBJECT + "permissions:\n  pull-requests: write\n",
                    "4:3 STS012 unknown permission \"pull-requests\"; did you mean pull_requests?"),
            new Mistake(
                    "a permission in the singular",
                    ISSUER + SUBJECT + "permissions:\n  workflow: write\n",
                    "4:3 STS012 unknown permission \"workflow\"; did you mean workflows?"),
            new Mistake(
                    "a permission of workflows",
                    ISSUER + SUBJECT + "permissions:\n  id-token: write\n",
                    "4:3 STS012 unknown permission \"id-token\"; remove it"),
            new Mistake(
                    "everything below a key of its own",
                    "policy:\n  issuer: https://gitlab.com\n  subject: project_path:g/p:ref_type:tag:ref:v1\n",
                    "1:1 STS008 unknown key \"policy\"; remove it, and move what stands below it to the left"),
            new Mistake(
                    "a claim without values",
                    ISSUER + SUBJECT + "claim:\n  ref: []\n" + GRANT,
                    "4:8 STS015 claim \"ref\" names no value; write at least one"),
            new Mistake(
                    "a JSON pointer with a wrong escape",
                    ISSUER + SUBJECT + "claim:\n  /a~2: x\n" + GRANT,
                    "4:3 STS017 \"/a~2\" is no JSON pointer; write ~0 for a ~ and ~1 for a / inside a name"),
            new Mistake(
                    "one subject in the place of a list",
                    ISSUER + "subjects: repo:o@1/r@2:pull_request\n" + GRANT,
                    "2:11 STS015 subjects must be a list of subjects, found text; write it in brackets"),
            new Mistake(
                    "an abbreviated permission",
                    ISSUER + SUBJECT + "permissions:\n  pr: write\n",
                    "4:3 STS012 unknown permission \"pr\"; did you mean pull_requests?"),
            new Mistake(
                    "a permission by its label on GitHub's pages",
                    ISSUER + SUBJECT + "permissions:\n  Dependabot alerts: read\n",
                    "4:3 STS012 unknown permission \"Dependabot alerts\"; did you mean vulnerability_alerts?"),
            new Mistake(
                    "two levels in one text",
                    ISSUER + SUBJECT + "permissions:\n  contents: read,write\n",
                    "4:13 STS013 unknown level \"read,write\" for permission \"contents\"; expected one of read, write (a higher"),
            new Mistake(
                    "a level with a capital letter",
                    ISSUER + SUBJECT + "permissions:\n  contents: Write\n",
                    "4:13 STS013 unknown level \"Write\" for permission \"contents\"; did you mean write?"),
            new Mistake(
                    "the level none",
                    ISSUER + SUBJECT + "permissions:\n  contents: none\n",
                    "4:13 STS013 unknown level \"none\" for permission \"contents\"; expected one of"),
            new Mistake(
                    "a list of levels",
                    ISSUER + SUBJECT + "permissions:\n  contents: [read, write]\n",
                    "4:13 STS010 \"contents\" must be text, found a list; use write, which includes"),
            new Mistake(
                    "a permission without a level",
                    ISSUER + SUBJECT + "permissions:\n  contents:\n",
                    "4:12 STS010 \"contents\" must be text, found nothing; write one of read, write, admin"),
            new Mistake(
                    "a list of permissions",
                    ISSUER + SUBJECT + "permissions:\n- contents: read\n",
                    "4:1 STS011 permissions must be a mapping, found a list; remove the dashes"),
            new Mistake(
                    "all permissions in one word",
                    ISSUER + SUBJECT + "permissions: write-all\n",
                    "3:14 STS011 permissions must be a mapping, found text; write name: level"),
            new Mistake(
                    "no permissions",
                    ISSUER + SUBJECT + "permissions: {}\n",
                    "1:1 STS026 nothing is granted: permissions must name at least one; add"),
            new Mistake(
                    "a permission at the top",
                    ISSUER + SUBJECT + "contents: read\n",
                    "3:1 STS008 unknown key \"contents\"; it is a permission, and stands below permissions"),
            new Mistake(
                    "a claim at the top",
                    ISSUER + SUBJECT + "ref: refs/heads/main\n" + GRANT,
                    "3:1 STS008 unknown key \"ref\"; it is a claim, and stands below claim_pattern"),
            new Mistake(
                    "claims in the place of claim_pattern",
                    ISSUER + SUBJECT + "claims:\n  ref: refs/heads/main\n" + GRANT,
                    "3:1 STS008 unknown key \"claims\"; did you mean claim_pattern?"),
            new Mistake(
                    "the claim sub in the place of the key subject",
                    ISSUER + "sub: repo:o@1/r@2:pull_request\n" + GRANT,
                    "2:1 STS008 unknown key \"sub\"; did you mean subject?"),
            new Mistake(
                    "no subject",
                    ISSUER + GRANT,
                    "1:1 STS020 neither subject nor subject_pattern is given; exactly one"),
            new Mistake(
                    "a subject and a pattern of it",
                    ISSUER + SUBJECT + "subject_pattern: repo:o@1/r@2:.*\n" + GRANT,
                    "3:1 STS021 both subject and subject_pattern are given; only one"),
            new Mistake(
                    "a key that is indented too far",
                    ISSUER + SUBJECT + GRANT + "  claim_pattern:\n    ref: x\n",
                    "5:3 STS012 unknown permission \"claim_pattern\"; move it to the left"),
            new Mistake(
                    "a list of one subject in the place of a subject",
                    ISSUER + "subject:\n  - repo:o@1/r@2:pull_request\n" + GRANT,
                    "3:3 STS010 \"subject\" must be text, found a list; use repo:o@1/r@2:pull_request without"),
            new Mistake(
                    "a list of two subjects in the place of a subject",
                    ISSUER + "subject: [a:b, c]\n" + GRANT,
                    "2:10 STS010 \"subject\" must be text, found a list; several subjects stand in subjects"),
            new Mistake(
                    "a backslash in double quotes",
                    ISSUER + SUBJECT + "claim_pattern:\n  ref: \"v\\d+\"\n" + GRANT,
                    "STS003 not YAML: a backslash in double quotes starts an escape sequence; use single quotes"),
            new Mistake(
                    "a star at the start of a value",
                    ISSUER + SUBJECT + "claim_pattern:\n  ref: *\n" + GRANT,
                    "STS002 not YAML: unexpected character found (10); put a value that starts with * or & into single quotes"),
            new Mistake(
                    "a tab as indentation",
                    ISSUER + SUBJECT + "claim_pattern:\n\tref: x\n" + GRANT,
                    "4:1 STS002 not YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation); indent with blanks"),
            new Mistake(
                    "a bracket at the start of a pattern",
                    ISSUER + "subject_pattern: [a-z]+:x\n" + GRANT,
                    "STS002 not YAML: expected <block end>, but found '<scalar>'; put a value that starts with ["),
            new Mistake(
                    "a colon without a blank",
                    ISSUER + "subject:repo:o/r\n" + GRANT,
                    "STS002 not YAML: could not find expected ':'; write a colon and a blank"),
            new Mistake(
                    "a quote that is not closed",
                    ISSUER + "subject: 'repo:o\n" + GRANT,
                    "2:10 STS002 not YAML: a quote is opened here and not closed in this line; close it"),
            new Mistake(
                    "a look-ahead",
                    ISSUER + "subject_pattern: 'repo:o@1/(?!x).*'\n" + GRANT,
                    "STS023 the pattern of \"subject_pattern\" does not compile: look-ahead and look-behind are not supported (character 10); name what"),
            new Mistake(
                    "a back-reference",
                    ISSUER + "subject_pattern: '(a)\\1'\n" + GRANT,
                    "STS024 the pattern of \"subject_pattern\" does not compile: back-references are not supported (character 4); write the"),
            new Mistake(
                    "repositories in a repository's policy",
                    ISSUER + SUBJECT + GRANT + "repositories: [octo-repo]\n",
                    "5:1 STS014 repositories is for organization policies; a repository"),
            new Mistake(
                    "a permission twice",
                    ISSUER + SUBJECT + GRANT + "  contents: read\n",
                    "5:3 STS009 duplicate key \"contents\", first given in line 4; keep one"),
            new Mistake(
                    "a merge conflict",
                    "<<<<<<< HEAD\n" + ISSUER + SUBJECT + GRANT,
                    "STS002 not YAML: a merge conflict is left in the file; resolve it"));

    private FormMistakes() {}
}
