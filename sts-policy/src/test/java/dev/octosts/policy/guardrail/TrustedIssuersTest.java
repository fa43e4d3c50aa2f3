package dev.octosts.policy.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.Fault;
import dev.octosts.policy.diagnostic.Parsed;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedIssuersTest {
    static final String[][] INVALID = {
        {"", "1:1 the file is empty"},
        {"# none\n", "1:1 the file is empty"},
        {"{}", "1:1 neither issuers nor issuer_patterns has an entry"},
        {"issuers: []\nissuer_patterns: []\n", "neither issuers nor issuer_patterns has an entry"},
        {"issuers:\nissuer_patterns: ~\n", "neither issuers nor issuer_patterns has an entry"},
        {"[a]", "1:1 the file is a mapping"},
        {"mode: enforce\nissuer: [https://a.example]\n", "2:1 unknown key \"issuer\"; did you mean issuers?"},
        {"mode: Enforce\nissuers: [https://a.example]\n", "1:7 unknown mode \"Enforce\"; expected enforce or audit"},
        {"mode: [audit]\nissuers: [https://a.example]\n", "1:7 unknown mode"},
        {"issuers: https://a.example\n", "1:10 issuers must be a list of texts"},
        {"issuers: [~]\n", "1:11 issuers must be a list of texts"},
        {"issuers: [[https://a.example]]\n", "1:11 issuers must be a list of texts"},
        {"issuers: [http://a.example]\n", "1:11 \"http://a.example\" is no issuer"},
        {"issuers: [https://A.example]\n", "1:11 \"https://A.example\" is no issuer"},
        {"issuers: ['']\n", "1:11 \"\" is no issuer"},
        {"issuers: [https://a.example]\nissuers: [https://b.example]\n", "2:1 duplicate key"},
        {"issuer_patterns: ['(']\n", "1:19 the pattern does not compile"},
        {"issuer_patterns: ['x)|(.*']\n", "1:19 the pattern does not compile"},
        {"issuer_patterns: [" + "a".repeat(257) + "]\n", "1:19 the pattern has more than 256 characters"},
        {"issuers:\n" + "- https://a.example\n".repeat(65), "1:1 issuers has 65 entries; at most 64"},
        {"issuer_patterns:\n" + "- https://a\n".repeat(17), "1:1 issuer_patterns has 17 entries; at most 16"},
    };

    @ParameterizedTest
    @FieldSource("INVALID")
    void refuses(String file, String fault) {
        assertThat(read(file).faults())
                .extracting(each -> each.line() + ":" + each.column() + " " + each.message())
                .anySatisfy(each -> assertThat(each).contains(fault));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a\\.com",
                "https://a\\.com|https://b\\.com",
                "https://a\\.com/x|https://a\\.com/y",
                "^https://a\\.com/$",
                "^https://a\\.com$|^https://b\\.com$",
                "https://[a-z0-9-]+\\.example\\.com/id/[0-9A-F]{32}",
                "https://(a|b)\\.com/x",
                "https://[^/]*\\.example\\.com",
                "https:[/]/a\\.com",
                "(?i)https://a\\.com",
                "https://a\\.com/\\d+",
                "https://\\pLa",
                "https://\\p{Greek}+\\.example",
                "https://[\\pL\\d-]+\\.example",
                "https://[^\\p{P}]+\\.example",
                "(?i)https://[^/]+\\.example",
                "[a-h]ttps://a\\.com/x|[a-h]ttps://a\\.com/y",
                "(?i)https://a\\.com/x|https://a\\.com/y",
            })
    void takes_a_pattern_whose_slashes_are_fixed(String pattern) {
        assertThat(readPattern(pattern)).isInstanceOf(Parsed.Valid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://.*",
                "https://\\S+",
                "https://[^x]+",
                "https://a[.-9]b",
                "https://a(/x)*",
                "https://a(/x)?",
                "https://a/?",
                "https://a|http://b",
                "(https://)?a",
                "https://a/x|https://b/y",
                "https://a(/|-)x",
                "(https://a){1}",
                "https://(?s:.)",
                "https://\\p{P}a",
                "https://\\PL",
                "https://[^\\pL]",
                "https://[\\p{P}]",
                "(?i)https://[^x]+",
                "(?i)https://(a/)?",
                "https://\\W",
                "https://a\\.com|.*",
                "https:[a/]x|https:[a/]y",
            })
    void refuses_a_pattern_that_can_match_another_slash(String pattern) {
        assertThat(readPattern(pattern).faults()).extracting(Fault::code).containsExactly(DiagnosticCode.OPEN_SLASH);
    }

    @Test
    void permits_what_is_listed_or_matches_as_a_whole() {
        TrustedIssuers trusted =
                valid("issuers: [https://a.example/]\nissuer_patterns: ['https://[a-z]+\\.b\\.example']\n");

        assertThat(trusted.permits("https://a.example/")).isTrue();
        assertThat(trusted.permits("https://x.b.example")).isTrue();
        assertThat(trusted.permits("https://a.example")).isFalse();
        assertThat(trusted.permits("https://x.b.example/evil")).isFalse();
        assertThat(trusted.permits("https://x.b.example.evil")).isFalse();
    }

    @Test
    void an_empty_pattern_is_an_entry_and_matches_no_issuer() {
        TrustedIssuers trusted = valid("issuer_patterns: ['']\n");

        assertThat(trusted.permits("https://a.example")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mode: enforce\n", "mode: ''\n", "mode:\n", "mode: ~\n"})
    void enforces_unless_it_says_audit(String mode) {
        assertThat(valid(mode + "issuers: [https://a.example]\n").mode()).isEqualTo(Mode.ENFORCE);
        assertThat(valid("mode: audit\nissuers: [https://a.example]\n").mode()).isEqualTo(Mode.AUDIT);
    }

    private static TrustedIssuers valid(String file) {
        assertThat(read(file)).isInstanceOf(Parsed.Valid.class);
        return read(file).valid().orElseThrow();
    }

    private static Parsed<TrustedIssuers> readPattern(String pattern) {
        return read("issuer_patterns:\n- '" + pattern + "'\n");
    }

    private static Parsed<TrustedIssuers> read(String file) {
        return TrustedIssuers.read(file.getBytes(StandardCharsets.UTF_8));
    }
}
