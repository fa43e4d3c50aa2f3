package dev.octosts.policy.guardrail;

import static dev.octosts.policy.guardrail.TestGuardrails.ABOUT;
import static dev.octosts.policy.guardrail.TestGuardrails.ISSUER;
import static dev.octosts.policy.guardrail.TestGuardrails.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.guardrail.TestGuardrails.Case;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files are guard rails. */
class GuardrailsFileTest {

    static final String[][] INVALID = {
        {"", "1:1 the file is empty"},
        {"[a]", "1:1 the file is a mapping"},
        {"{}", "1:1 the file gives no rule"},
        {"mode: audit\n", "1:1 the file gives no rule"},
        {"self_rewrites: deny\n", "1:1 unknown key \"self_rewrites\"; did you mean self_rewrite?"},
        {"self_rewrite: deny\nself_rewrite: deny\n", "2:1 duplicate key"},
        {"self_rewrite: false\n", "1:15 self_rewrite is \"false\"; expected allow or deny"},
        {"self_rewrite: [deny]\n", "1:15 self_rewrite is \"a list or a mapping\""},
        {"mode: strict\nself_rewrite: deny\n", "1:7 unknown mode \"strict\"; expected enforce or audit"},
        {"warnings: fail\n", "1:11 warnings is \"fail\"; expected allow or deny"},
        {"max_permissions: {}\n", "1:18 max_permissions allows nothing"},
        {"max_permissions: [contents]\n", "1:18 max_permissions must be a mapping"},
        {"max_permissions: {content: read}\n", "1:19 unknown permission \"content\"; did you mean contents?"},
        {"max_permissions: {contents: all}\n", "1:29 unknown level \"all\""},
        {"max_permissions: {contents: ~}\n", "1:29 unknown level"},
        {"denied_permissions: secrets\n", "1:21 denied_permissions must be a list"},
        {"denied_permissions: [secret]\n", "1:22 unknown permission \"secret\""},
        {"issuers: https://a.example\n", "1:10 issuers must be a list of mappings"},
        {"issuers: [https://a.example]\n", "1:11 an entry of issuers must be a mapping"},
        {"issuers: [{owners: [a]}]\n", "1:11 neither issuer nor issuer_pattern is given"},
        {
            "issuers: [{issuer: https://a.example, issuer_pattern: x, owners: [a]}]\n",
            "1:39 both issuer and issuer_pattern are given"
        },
        {"issuers: [{issuer: a.example, owners: [a]}]\n", "1:20 \"a.example\" is no issuer"},
        {"issuers: [{issuer: [https://a.example], owners: [a]}]\n", "1:20 issuer must be one text"},
        {"issuers: [{issuer_pattern: (, owners: [a]}]\n", "1:28 the pattern does not compile"},
        {ABOUT + "owners: [a/b]}]\n", "no account is named \"a/b\""},
        {ABOUT + "subjects: ['(?=x)']}]\n", "the pattern does not compile"},
        {ABOUT + "audiences: [a]}]\n", "unknown key \"audiences\""},
        {"issuers: [{issuer: " + ISSUER + "}]\n", "1:11 nothing is asked of this issuer"},
        {"overrides: [a]\n", "1:13 an override must be a mapping"},
        {"overrides: [{self_rewrite: deny}]\n", "1:13 no repositories are named"},
        {"overrides: [{repositories: [], self_rewrite: deny}]\n", "1:13 no repositories are named"},
        {"overrides: [{repositories: [a]}]\n", "1:13 the override gives no rule"},
        {"overrides: [{repositories: ['a b'], self_rewrite: deny}]\n", "1:29 no repository matches \"a b\""},
        {
            "overrides: [{repositories: ['octo-.*'], self_rewrite: deny}]\n",
            "1:29 \"octo-.*\" is a glob: * alone is any text there, so write \"octo-*\"; for a dot and more write .?*"
        },
        {"overrides: [{repositories: [a], overrides: []}]\n", "1:33 unknown key \"overrides\""},
        {
            "overrides:\n" + "- {repositories: [a], self_rewrite: deny}\n".repeat(65),
            "1:1 overrides has 65 entries; at most 64"
        },
        {
            "overrides:\n" + ("- repositories: [" + "a,".repeat(100) + "]\n  self_rewrite: deny\n").repeat(3),
            "more than 256 globs in all"
        },
    };

    @ParameterizedTest
    @FieldSource("INVALID")
    void refuses(String file, String fault) {
        assertThat(Guardrails.read(file.getBytes(StandardCharsets.UTF_8)).faults())
                .extracting(each -> each.line() + ":" + each.column() + " " + each.message())
                .anySatisfy(each -> assertThat(each).contains(fault));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mode: ''\nself_rewrite: deny\n",
                "mode:\nself_rewrite: deny\n",
                "self_rewrite: deny\nissuers: ~\n"
            })
    void a_plain_null_is_not_given_and_the_mode_is_enforce(String file) {
        assertThat(valid(file).judge(Case.base().grant()).mode()).isEqualTo(Mode.ENFORCE);
    }
}
