package dev.octosts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.Decision.Permit;
import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.Fault;
import dev.octosts.policy.diagnostic.FaultLocation;
import dev.octosts.policy.diagnostic.Position;
import dev.octosts.policy.repository.PolicyKind;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {
    private static final String HEAD = Policies.HEAD;
    private static final String PERMISSIONS = Policies.PERMISSIONS;

    static final String[] ORDINARY = {
        "# comment\n---\n" + Policies.ACCEPTED,
        "%YAML 1.1\n---\n" + Policies.ACCEPTED + "...\n",
        "{\"issuer\":\"https://issuer.example/main\",\"subject\":\"sub-ok\",\"permissions\":{\"issues\":\"write\"}}",
        Policies.ACCEPTED.replace("\n", "\r\n"),
        "\ufeff" + Policies.ACCEPTED,
        "issuer: &i https://issuer.example/main\nsubject: &s sub-ok\nclaim_pattern: {iss: *i, sub: *s}\n" + PERMISSIONS,
        HEAD + "permissions:\n  <<: {issues: write}\n",
        HEAD + "permissions:\n  issues: write\n  <<: {issues: read}\n",
        HEAD + "permissions:\n  <<: [{issues: write}, {issues: read}]\n",
        "<<: {subject: sub-ok, issuer: other}\nissuer: https://issuer.example/main\n" + PERMISSIONS,
        "issuer: https://issuer.example/main\nsubject: >-\n  sub-ok\n" + PERMISSIONS,
        "issuer: 'https://issuer.example/main'\nsubject: \"sub\\x2dok\"\n" + PERMISSIONS,
        "issuer: https://issuer.example/main\n\"subject\": !!str sub-ok\n" + PERMISSIONS,
        Policies.ACCEPTED + "claim_pattern:\n",
        Policies.ACCEPTED + "claim_pattern: {}\n",
        Policies.ACCEPTED + "# " + "x".repeat(200_000) + "\n",
    };

    static final String[][] REFUSED = {
        {Policies.ACCEPTED + "foo: bar\n", "5:1 unknown key \"foo\"; known are issuer, issuer_pattern"},
        {
            Policies.ACCEPTED + "claims_pattern:\n  a: b\n",
            "5:1 unknown key \"claims_pattern\"; did you mean claim_pattern?"
        },
        {HEAD + "permissions:\n  content: read\n", "4:3 unknown permission \"content\"; did you mean contents?"},
        {HEAD + "subject: other\n" + PERMISSIONS, "3:1 duplicate key \"subject\", first given in line 2"},
        {HEAD + "permissions:\n  issues: read\n  issues: write\n", "5:3 duplicate key \"issues\", first given in line 4"
        },
        {Policies.ACCEPTED + "claim_pattern:\n  a: b\n  'a': c\n", "7:3 duplicate key \"a\", first given in line 6"},
        {HEAD + "permissions:\n  <<: {issues: read}\n  <<: {issues: write}\n", "5:3 duplicate key \"<<\""},
        {"Issuer: x\nSUBJECT: sub-ok\n" + PERMISSIONS, "1:1 unknown key \"Issuer\"; did you mean issuer?"},
        {HEAD + "permissions:\n\tissues: write\n", "4:1 not YAML: "},
        {"issuer: [\n", "2:1 not YAML: "},
        {"hello\n", "1:1 a policy is a mapping"},
        {"- issuer: x\n", "1:1 a policy is a mapping"},
        {Policies.ACCEPTED + "---\nissuer: https://other.example\n", "5:1 a second document starts here"},
        {Policies.ACCEPTED + "---\n", "5:1 a second document starts here"},
        {"issuer: https://i.example\nsubject: [sub-ok]\n" + PERMISSIONS, "2:10 \"subject\" must be text, found a list"},
        {"issuer: https://i.example\nsubject: {a: b}\n" + PERMISSIONS, "2:10 \"subject\" must be text, found a mapping"
        },
        {"issuer: https://i.example\nsubject: null\n" + PERMISSIONS, "2:10 \"subject\" must be text, found nothing"},
        {"issuer: https://i.example\nsubject: ~\n" + PERMISSIONS, "2:10 \"subject\" must be text, found nothing"},
        {"issuer: https://i.example\nsubject:\n" + PERMISSIONS, "2:9 \"subject\" must be text, found nothing"},
        {Policies.ACCEPTED + "claim_pattern: [a]\n", "5:16 claim_pattern must be a mapping, found a list"},
        {Policies.ACCEPTED + "claim_pattern: a\n", "5:16 claim_pattern must be a mapping, found text"},
        {Policies.ACCEPTED + "claim_pattern:\n  a: [b]\n", "6:6 \"a\" must be text, found a list"},
        {Policies.ACCEPTED + "claim_pattern:\n  a:\n", "6:5 \"a\" must be text, found nothing"},
        {HEAD + "permissions: [issues]\n", "3:14 permissions must be a mapping, found a list"},
        {HEAD + "permissions: write-all\n", "3:14 permissions must be a mapping, found text"},
        {HEAD + "permissions:\n  issues: null\n", "4:11 \"issues\" must be text, found nothing"},
        {HEAD + "permissions:\n  issues: [read, write]\n", "4:11 \"issues\" must be text, found a list"},
        {HEAD + "permissions:\n  issues: all\n", "4:11 unknown level \"all\" for permission \"issues\"; expected one of"
        },
        {HEAD + "permissions:\n  issues: read,write\n", "(a higher level includes the lower ones)"},
        {HEAD + "permissions:\n  issues: true\n", "4:11 unknown level \"true\""},
        {HEAD + "permissions:\n  issues: Write\n", "4:11 unknown level \"Write\""},
        {HEAD + "permissions:\n  issues: ''\n", "4:11 unknown level \"\""},
        {Policies.ACCEPTED + "repositories: [a]\n", "5:1 repositories is for organization policies"},
        {Policies.ACCEPTED + "repositories: []\n", "5:1 repositories is for organization policies"},
        {Policies.ACCEPTED + "repositories:\n", "5:1 repositories is for organization policies"},
        {"issuer: https://i.example\nsubject: !foo sub-ok\n" + PERMISSIONS, "2:10 the tag \"!foo\" is not supported"},
        {
            "issuer: https://i.example\nsubject: !!binary c3Vi\n" + PERMISSIONS,
            "2:10 the tag \"tag:yaml.org,2002:binary\""
        },
        {"!foo\n" + Policies.ACCEPTED, "1:1 the tag \"!foo\" is not supported"},
        {"!foo issuer: https://i.example\nsubject: x\n" + PERMISSIONS, "1:1 the tag \"!foo\" is not supported"},
        {"? [a]\n: b\n" + Policies.ACCEPTED, "1:3 a key must be text"},
        {"null: b\n" + Policies.ACCEPTED, "1:1 a key must be text"},
        {"<<: text\n" + Policies.ACCEPTED, "1:5 a merge key takes a mapping"},
        {"<<: [{}, text]\n" + Policies.ACCEPTED, "1:10 a merge key takes a mapping"},
        {"issuer: https://i.example\nsubject: *nobody\n" + PERMISSIONS, "2:10 not YAML: found undefined alias nobody"},
        {"issuer: https://i.example\nsubject: \"\\d+\"\n" + PERMISSIONS, "use single quotes"},
        {"issuer: https://i.example\nsubject: \"\\ud83d\"\n" + PERMISSIONS, "half a surrogate pair"},
        {"issuer: https://i.example\nsubject: 'open\n" + PERMISSIONS, "not YAML: "},
        {"issuer: https://i.example\nsubject: a\u0007b\n" + PERMISSIONS, "2:11 character U+0007 is not allowed in YAML"
        },
        {"issuer: a: b\n" + PERMISSIONS, "1:10 not YAML: mapping values are not allowed here"},
    };

    @ParameterizedTest
    @FieldSource("ORDINARY")
    void reads(String file) {
        assertThat(Policies.valid(file).evaluate(Policies.token(), Policies.DOMAIN))
                .isInstanceOf(Permit.class);
    }

    @ParameterizedTest
    @FieldSource("REFUSED")
    void refuses(String file, String fault) {
        assertThat(Policies.unparsable(Policies.read(file)))
                .extracting(each -> each.line() + ":" + each.column() + " " + each.message())
                .anySatisfy(each -> assertThat(each).contains(fault));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null\n", "~", "# nothing\n", "---\n", "\ufeff", "  \n\n"})
    void an_empty_file_is_a_policy_that_means_nothing(String file) {
        assertThat(Policies.invalid(Policies.read(file)))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).startsWith("the file is empty"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1234567890",
                "0123",
                "0x1F",
                "1e3",
                "10769150350006150715113082367",
                "yes",
                "on",
                "n",
                "true",
                "2024-01-01",
                "1_000",
                "12:30:45",
                ".5",
                "=",
                "nul",
                "nullx"
            })
    void takes_a_scalar_as_it_is_written(String written) {
        TrustPolicy policy = Policies.valid("issuer: https://issuer.example/main\nsubject: " + written
                + "\nclaim_pattern: {" + written + ": " + written + "}\n" + PERMISSIONS);

        assertThat(policy.document().subject()).isEqualTo(written);
        assertThat(policy.document().claimPattern()).containsExactly(Map.entry(written, written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'null'", "\"null\"", "'~'", "!!str null"})
    void takes_a_quoted_null_for_text(String written) {
        TrustPolicy policy =
                Policies.valid("issuer: https://issuer.example/main\nsubject: " + written + "\n" + PERMISSIONS);

        assertThat(policy.document().subject()).isIn("null", "~");
    }

    @Test
    void keeps_the_final_newline_of_a_block_scalar() {
        TrustPolicy policy =
                Policies.valid("issuer: https://issuer.example/main\nsubject: |\n  sub-ok\n" + PERMISSIONS);

        assertThat(policy.document().subject()).isEqualTo("sub-ok\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fffe", "c080", "eda080", "f4908080", "e2", "80"})
    void refuses_bytes_that_are_not_utf_8_and_says_where(String bytes) {
        byte[] valid = ("# \u00fc\n# a" + "b").getBytes(StandardCharsets.UTF_8);
        byte[] invalid = HexFormat.of().parseHex(bytes);
        byte[] file = new byte[valid.length + invalid.length];
        System.arraycopy(valid, 0, file, 0, valid.length);
        System.arraycopy(invalid, 0, file, valid.length, invalid.length);

        assertThat(Policies.unparsable(TrustPolicy.read(file, PolicyKind.REPOSITORY)))
                .containsExactly(new Fault(
                        DiagnosticCode.UNREADABLE,
                        FaultLocation.at(new Position(2, 5, 8)),
                        "byte 0x" + bytes.substring(0, 2) + " is not UTF-8"));
    }

    @Test
    void tells_every_fault_at_once_those_in_meaning_too() {
        String file = """
                issuers: [a]
                subject: sub
                subject_pattern: (?=x)
                audience: {}
                permissions:
                  pull-requests: write
                  contents: wriet
                  issues: read
                claim_pattern:
                  ref: 'a)'
                """;

        assertThat(Policies.unparsable(Policies.read(file)))
                .extracting(fault -> fault.line() + ":" + fault.column() + " " + fault.message())
                .containsExactly(
                        "1:1 unknown key \"issuers\"; did you mean issuer?",
                        "3:1 both subject and subject_pattern are given; only one is possible",
                        "3:18 the pattern of \"subject_pattern\" does not compile: "
                                + "look-ahead and look-behind are not supported (character 1)",
                        "4:11 \"audience\" must be text, found a mapping",
                        "6:3 unknown permission \"pull-requests\"; did you mean pull_requests?",
                        "7:13 unknown level \"wriet\" for permission \"contents\"; did you mean write?",
                        "10:8 the pattern of \"ref\" does not compile: "
                                + "a closing parenthesis without an opening one (character 2)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"claims", "Claims", "claim-pattern", "claim_patterns", "claimpattern"})
    void knows_what_was_meant_by(String key) {
        assertThat(Policies.unparsable(Policies.read(Policies.ACCEPTED + key + ": {a: b}\n")))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).endsWith("did you mean claim_pattern?"));
    }
}
