package dev.octosts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.diagnostic.Fault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyMeaningTest {
    private static final String ISSUER = "issuer: https://issuer.example/main\n";
    private static final String SUBJECT = "subject: sub-ok\n";
    private static final String PERMISSIONS = Policies.PERMISSIONS;

    static final String[][] INVALID = {
        {ISSUER + "issuer_pattern: .*\n" + SUBJECT + PERMISSIONS, "2:1 both issuer and issuer_pattern are given"},
        {ISSUER + SUBJECT + "subject_pattern: .*\n" + PERMISSIONS, "3:1 both subject and subject_pattern are given"},
        {
            ISSUER + SUBJECT + "audience: a\naudience_pattern: .*\n" + PERMISSIONS,
            "4:1 both audience and audience_pattern are given"
        },
        {ISSUER + SUBJECT + "app: a\napp_pattern: .*\n" + PERMISSIONS, "4:1 both app and app_pattern are given"},
        {SUBJECT + PERMISSIONS, "1:1 neither issuer nor issuer_pattern is given; exactly one is needed"},
        {ISSUER + PERMISSIONS, "1:1 neither subject nor subject_pattern is given; exactly one is needed"},
        {"issuer: ''\n" + SUBJECT + PERMISSIONS, "1:1 neither issuer nor issuer_pattern is given"},
        {ISSUER + "subject: ''\n" + PERMISSIONS, "1:1 neither subject nor subject_pattern is given"},
        {"issuer_pattern: ''\n" + SUBJECT + PERMISSIONS, "1:1 neither issuer nor issuer_pattern is given"},
        {"issuer_pattern: )(\n" + SUBJECT + PERMISSIONS, "1:17 the pattern of \"issuer_pattern\" does not compile"},
        {ISSUER + "subject_pattern: )(\n" + PERMISSIONS, "2:18 the pattern of \"subject_pattern\" does not compile"},
        {ISSUER + "subject_pattern: x)|(.*\n" + PERMISSIONS, "2:18 the pattern of \"subject_pattern\" does not compile"
        },
        {
            ISSUER + SUBJECT + "audience_pattern: )(\n" + PERMISSIONS,
            "3:19 the pattern of \"audience_pattern\" does not compile"
        },
        {ISSUER + SUBJECT + "claim_pattern: {c: )()}\n" + PERMISSIONS, "3:20 the pattern of \"c\" does not compile"},
        {ISSUER + SUBJECT + "app_pattern: )(\n" + PERMISSIONS, "3:14 the pattern of \"app_pattern\" does not compile"},
        {ISSUER + SUBJECT, "1:1 nothing is granted"},
        {ISSUER + SUBJECT + "permissions: {}\n", "1:1 nothing is granted"},
        {ISSUER + SUBJECT + "permissions:\n", "1:1 nothing is granted"},
        {"{}", "1:1 neither issuer"},
    };

    @ParameterizedTest
    @FieldSource("INVALID")
    void refuses(String file, String fault) {
        assertThat(Policies.valid(ISSUER + SUBJECT + PERMISSIONS)).isNotNull();
        assertThat(Policies.invalid(Policies.read(file)))
                .extracting(each -> each.line() + ":" + each.column() + " " + each.message())
                .anySatisfy(each -> assertThat(each).startsWith(fault));
    }

    @Test
    void tells_every_fault_at_once_and_what_is_missing_last() {
        assertThat(Policies.invalid(Policies.read("audience: a\naudience_pattern: (\n")))
                .extracting(Fault::line)
                .containsExactly(2, 2, 1, 1, 1);
    }

    @Test
    void the_same_fault_by_several_aliases_is_told_once() {
        String file = Policies.ACCEPTED + "claim_pattern:\n  a: &bad '('\n  b: *bad\n";

        assertThat(Policies.invalid(Policies.read(file)))
                .extracting(Fault::message)
                .containsExactly(
                        "the pattern of \"a\" does not compile: the parenthesis that opens here is not closed (character 1)",
                        "the pattern of \"b\" does not compile: the parenthesis that opens here is not closed (character 1)");
    }

    @Test
    void every_known_permission_is_accepted_at_every_level() {
        for (String name : Permissions.known().names()) {
            for (Level level : Level.values()) {
                TrustPolicy policy =
                        Policies.valid(Policies.HEAD + "permissions: {" + name + ": " + level.wireName() + "}\n");
                assertThat(policy.grant().permissions()).containsExactly(Map.entry(name, level));
            }
        }
    }

    @Test
    void an_organization_policy_names_repositories() {
        TrustPolicy policy =
                Policies.valid(Policies.readOrganization(Policies.ACCEPTED + "repositories: [a, owner/b, 123, no]\n"));

        assertThat(policy.grant().repositories()).containsExactly("a", "owner/b", "123", "no");
        assertThat(policy.document().repositories()).containsExactly("a", "owner/b", "123", "no");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "repositories: []\n", "repositories:\n", "repositories: null\n", "repositories: ~\n"})
    void an_organization_policy_without_repositories_names_none(String repositories) {
        TrustPolicy policy = Policies.valid(Policies.readOrganization(Policies.ACCEPTED + repositories));

        assertThat(policy.grant().repositories()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "{a: b}", "[[a]]", "[{a: b}]", "[null]", "[a, ~]", "[!foo a]", "!foo [a]"})
    void an_organization_policy_is_refused_whose_repositories_are(String repositories) {
        assertThat(Policies.unparsable(
                        Policies.readOrganization(Policies.ACCEPTED + "repositories: " + repositories + "\n")))
                .hasSize(1);
    }

    @Test
    void the_document_has_what_is_written() {
        PolicyDocument document = Policies.valid(Policies.readOrganization("""
                        issuer_pattern: https://.*
                        subject_pattern: sub.*
                        audience_pattern: aud.*
                        app_pattern: reader-.*
                        claim_pattern: {z: one, a: two}
                        permissions: {issues: read, contents: write}
                        repositories: [r]
                        """)).document();

        assertThat(document.issuer()).isNull();
        assertThat(document.subject()).isNull();
        assertThat(document.audience()).isNull();
        assertThat(document.app()).isNull();
        assertThat(document.issuerPattern()).isEqualTo("https://.*");
        assertThat(document.subjectPattern()).isEqualTo("sub.*");
        assertThat(document.audiencePattern()).isEqualTo("aud.*");
        assertThat(document.appPattern()).isEqualTo("reader-.*");
        assertThat(document.claimPattern()).containsExactly(Map.entry("z", "one"), Map.entry("a", "two"));
        assertThat(document.permissions()).containsExactly(Map.entry("contents", "write"), Map.entry("issues", "read"));
        assertThat(document.repositories()).containsExactly("r");
    }

    @Test
    void the_document_has_exact_texts_too_and_none_that_is_empty() {
        PolicyDocument document = Policies.valid(
                        Policies.ACCEPTED + "audience: a\napp: 7\napp_pattern: ''\naudience_pattern: ''\n")
                .document();

        assertThat(document.texts())
                .isEqualTo(Map.of("issuer", Policies.ISSUER, "subject", "sub-ok", "audience", "a", "app", "7"));
        assertThat(List.of(document.texts(), document.claimPattern(), document.permissions()))
                .allSatisfy(map -> assertThat(map).isUnmodifiable());
    }
}
