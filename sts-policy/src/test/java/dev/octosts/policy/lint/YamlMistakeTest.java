package dev.octosts.policy.lint;

import static dev.octosts.policy.lint.Linting.GRANT;
import static dev.octosts.policy.lint.Linting.ISSUER;
import static dev.octosts.policy.lint.Linting.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What YAML makes of a slip, and characters that are not what they look like. */
class YamlMistakeTest extends MistakesOfPolicies {
    static final String[][] MISTAKES = {
        {
            ISSUER + " subject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n" + GRANT,
            "2:9 STS002 not YAML: mapping values are not allowed here; start the key in the same column as those above it"
        },
        {
            "  issuer: https://token.actions.githubusercontent.com\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n"
                    + GRANT,
            "2:1 STS002 not YAML: expected '<document start>', but found '<block mapping start>'; start every key in the same column, the first one too"
        },
        {
            ISSUER + SUBJECT + "permissions:\n    contents: read\n  issues: write\n",
            "5:3 STS002 not YAML: expected <block end>, but found '<block mapping start>'; indent this line as the lines that it belongs to"
        },
        {
            "issuer:\thttps://token.actions.githubusercontent.com\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n"
                    + GRANT,
            "1:8 STS002 not YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation); write a blank for the tab, YAML takes no tabs here"
        },
        {
            ISSUER + "subject: \"repo:octo-org@9919/octo-repo@1296269:pull_request\n" + GRANT,
            "2:10 STS002 not YAML: a quote is opened here and not closed in this line; close it"
        },
        {
            ISSUER
                    + "subject: 'repo:octo-org@9919/octo-repo@1296269:pull_request\npermissions:\n  contents: read\nclaim_pattern:\n  ref: 'x'\n",
            "2:10 STS002 not YAML: a quote is opened here and not closed in this line; close it"
        },
        {
            ISSUER + "subject: \"repo:octo-org@9919/octo-repo@1296269:pull_request'\n" + GRANT,
            "2:10 STS002 not YAML: a quote is opened here and not closed in this line; close it"
        },
        {
            ISSUER + "subject: 'repo:octo-org@9919/octo-repo@1296269:pull_request',\n" + GRANT,
            "2:61 STS002 not YAML: expected <block end>, but found ','; remove the comma"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  contents: \"read\n",
            "4:13 STS002 not YAML: found unexpected end of stream; a quote is opened and never closed"
        },
        {
            "issuer = https://token.actions.githubusercontent.com\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n"
                    + GRANT,
            "2:8 STS002 not YAML: mapping values are not allowed here; write a colon and a blank behind the key, not ="
        },
        {
            ISSUER + "subject_pattern: *:ref:refs/heads/main\n" + GRANT,
            "2:19 STS002 not YAML: unexpected character found :(58); put a value that starts with * or & into single quotes"
        },
        {
            ISSUER + SUBJECT + "claim_pattern:\n  actor: @octocat\n" + GRANT,
            "4:10 STS002 not YAML: found character '@' that cannot start any token; put a value that starts with @, ` or % into single quotes"
        },
        {
            ISSUER + "subject: `repo:octo-org/octo-repo:pull_request`\n" + GRANT,
            "2:10 STS002 not YAML: found character '`' that cannot start any token; put a value that starts with @, ` or % into single quotes"
        },
        {
            ISSUER + "subject_pattern: %repo\n" + GRANT,
            "2:18 STS002 not YAML: found character '%' that cannot start any token; put a value that starts with @, ` or % into single quotes"
        },
        {
            ISSUER + "subject: #repo:octo-org@9919/octo-repo@1:ref:refs/heads/main\n" + GRANT,
            "2:9 STS010 \"subject\" must be text, found nothing; a # behind a blank starts a comment: put the value into quotes"
        },
        {
            ISSUER + "subject_pattern: repo:octo-org@9919/octo-repo@1:ref:refs/heads/(main| #dev)\n" + GRANT,
            "2:18 STS022 the pattern of \"subject_pattern\" does not compile: the parenthesis that opens here is not closed (character 47); a # behind a blank starts a comment: put the pattern into single quotes"
        },
        {
            ISSUER + "subject: repo: octo-org@9919/octo-repo@1:pull_request\n" + GRANT,
            "2:14 STS002 not YAML: mapping values are not allowed here; put a value that has \": \" in it into single quotes, and check the indentation"
        },
        {
            ISSUER + "subject: |\n  repo:octo-org@9919/octo-repo@1296269:pull_request\n" + GRANT,
            "2:10 STS033 no token with the subject \"repo:octo-org@9919/octo-repo@1296269:pull_request\\n\" is accepted; write |- for |, or the text behind the key"
        },
        {
            ISSUER + "subject_pattern: |\n  repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/[a-z]+\n" + GRANT,
            "2:18 STS063 the pattern ends with a line break, which no token has; write |- for |, or the text behind the key"
        },
        {
            "issuer: |\n  https://token.actions.githubusercontent.com\nsubject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main\n"
                    + GRANT,
            "1:9 STS032 \"https://token.actions.githubusercontent.com\\n\" is no issuer: an https address without query and fragment is expected; write |- for |, or the text behind the key"
        },
        {
            ISSUER + SUBJECT + "claim_pattern:\n  ref: |\n    refs/heads/main\n" + GRANT,
            "4:8 STS063 the pattern ends with a line break, which no token has; write |- for |, or the text behind the key"
        },
        {
            ISSUER + "subject_pattern: \"repo:octo-org@9919/octo-repo@1:ref:refs/heads/\\bmain\"\n" + GRANT,
            "2:18 STS063 the pattern has a control character in it, which no token has; use single quotes, double ones make control characters of \\b, \\t and the like"
        },
        {
            ISSUER + SUBJECT + "claim_pattern:\n  workflow: \"a\\tb\"\n" + GRANT,
            "4:13 STS063 the pattern has a control character in it, which no token has; use single quotes, double ones make control characters of \\b, \\t and the like"
        },
        {
            ISSUER + SUBJECT
                    + "claim_pattern:\n  workflow_ref: 'octo-org/octo-repo/\\\\.github/workflows/a\\\\.yml@refs/heads/main'\n"
                    + GRANT,
            "4:17 STS056 the claim workflow_ref is OWNER/REPOSITORY/.github/workflows/FILE@REF, which \"octo-org/octo-repo/\\\\\\\\.github/workflows/a\\\\\\\\.yml@refs/heads/main\" cannot match; write it as the token has it"
        },
        {
            ISSUER + "subject: \u201crepo:octo-org@9919/octo-repo@1296269:pull_request\u201d\n" + GRANT,
            "2:10 STS065 \"\u201c\u201d\" are quotes of a word processor, and part of the text; write repo:octo-org@9919/octo-repo@1296269:pull_request"
        },
        {
            ISSUER + "subject_pattern: \u2018repo:octo-org@9919/octo-repo@1296269:.*\u2019\n" + GRANT,
            "2:18 STS065 \"\u201c\u201d\" are quotes of a word processor, and part of the text; write repo:octo-org@9919/octo-repo@1296269:.*"
        },
        {
            ISSUER + SUBJECT + "permissions:\n\u00a0\u00a0contents: read\n",
            "4:1 STS008 unknown key \"\\u00a0\\u00a0contents\"; it has the character U+00A0 in it, write an ordinary blank"
        },
        {
            ISSUER + "subject:\u00a0repo:octo-org@9919/octo-repo@1296269:pull_request\n" + GRANT,
            "2:1 STS002 not YAML: could not find expected ':'; the character U+00A0 is none of YAML's, replace it"
        },
        {
            ISSUER + "subject: repo:octo-org@9919/octo-repo@1296269:pull_request\u00a0\n" + GRANT,
            "2:10 STS033 no token with the subject \"repo:octo-org@9919/octo-repo@1296269:pull_request\\u00a0\" is accepted; write the subject without quotes, ; & $ < > and control characters, 1024 characters at most"
        },
        {
            ISSUER + "subject: repo:octo-org@9919/octo-repo@1296269:\u200bpull_request\n" + GRANT,
            "2:10 STS033 no token with the subject \"repo:octo-org@9919/octo-repo@1296269:\\u200bpull_request\" is accepted; write the subject without quotes, ; & $ < > and control characters, 1024 characters at most"
        },
        {
            ISSUER + "subject\uff1a repo:octo-org@9919/octo-repo@1:pull_request\n" + GRANT,
            "2:1 STS002 not YAML: could not find expected ':'; the character U+FF1A is none of YAML's, replace it"
        },
        {
            ISSUER + "subject: repo:\u043ecto-org@9919/octo-repo@1:pull_request\n" + GRANT,
            "2:10 STS054 GitHub Actions makes no subject such as \"repo:\u043ecto-org@9919/octo-repo@1:pull_request\"; the character U+043E is in no such name"
        },
        {
            ISSUER + "subject: repo:<owner>/<repo>:ref:refs/heads/main\n" + GRANT,
            "2:10 STS033 no token with the subject \"repo:<owner>/<repo>:ref:refs/heads/main\" is accepted; write what the angle brackets stand for"
        },
        {
            ISSUER + "subject: repo:{{ owner }}/{{ repo }}:pull_request\n" + GRANT,
            "2:10 STS054 GitHub Actions makes no subject such as \"repo:{{ owner }}/{{ repo }}:pull_request\"; the character \"{\" is in no such name"
        },
        {
            ISSUER + SUBJECT + "claim_pattern: ref=refs/heads/main\n" + GRANT,
            "3:16 STS011 claim_pattern must be a mapping, found text; write claim: pattern, one a line, below it"
        },
        {
            "```yaml\n" + ISSUER + SUBJECT + GRANT,
            "1:1 STS002 not YAML: found character '`' that cannot start any token; remove the line, a file has no fences"
        },
        {
            ISSUER + SUBJECT + "permissions: contents: read\n",
            "3:22 STS002 not YAML: mapping values are not allowed here; write what belongs to the key into lines of its own below it, with blanks before them"
        },
        {
            ISSUER + SUBJECT + "permissions:\n  contents:read\n",
            "4:3 STS011 permissions must be a mapping, found text; write a colon and a blank behind each name"
        },
    };

    @ParameterizedTest
    @ValueSource(strings = {"'", "\""})
    void is_told_of_a_quote_of_a_megabyte_too(String quote) {
        String file = "subject: " + quote + "x".repeat(900_000) + "\nissuer: " + quote + "x" + quote + "\n";

        assertThat(Linting.told(file, Linting.repository())).anyMatch(told -> told.contains("STS002 not YAML"));
    }
}
