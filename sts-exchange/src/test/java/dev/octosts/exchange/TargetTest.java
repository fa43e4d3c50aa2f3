package dev.octosts.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.source.PolicyFile;
import dev.octosts.policy.repository.PolicyKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    private static final String POLICIES = ".github";
    private static final String LONG_NAME = "a".repeat(101);

    @Test
    void an_owner_alone_names_an_organization_policy_for_all_repositories() {
        assertThat(Target.parse("Octo-Org", "ci", POLICIES))
                .contains(new Target(
                        "Octo-Org", new PolicyFile("octo-org", ".github", "ci", PolicyKind.ORGANIZATION), List.of()));
    }

    @Test
    void an_owner_and_a_repository_name_a_policy_of_that_repository() {
        assertThat(Target.parse("Octo-Org/Octo.Repo", "ci", POLICIES))
                .contains(new Target(
                        "Octo-Org",
                        new PolicyFile("octo-org", "octo.repo", "ci", PolicyKind.REPOSITORY),
                        List.of("Octo.Repo")));
    }

    @ParameterizedTest
    @CsvSource({".github, .GitHub", "My-Policies, my-policies"})
    void the_policy_repository_in_any_spelling_holds_organization_policies(String policyRepository, String asked) {
        assertThat(Target.parse("octo-org/" + asked, "ci", policyRepository)).hasValueSatisfying(target -> {
            assertThat(target.policy().kind()).isEqualTo(PolicyKind.ORGANIZATION);
            assertThat(target.policy().repository()).isEqualToIgnoringCase(policyRepository);
            assertThat(target.asked()).containsExactly(asked);
        });
    }

    @Test
    void the_default_policy_repository_is_an_ordinary_one_when_another_is_configured() {
        assertThat(Target.parse("octo-org/.github", "ci", "my-policies"))
                .hasValueSatisfying(target -> assertThat(target.policy().kind()).isEqualTo(PolicyKind.REPOSITORY));
    }

    static List<String> malformedScopes() {
        return List.of(
                "/",
                "/octo-org",
                "/octo-org/octo-repo",
                "octo-org/",
                "octo-org//octo-repo",
                "octo-org/octo-repo/",
                "octo-org/octo-repo/x",
                ".",
                "..",
                "octo-org/.",
                "octo-org/..",
                "./octo-org",
                "octo-org/./octo-repo",
                "x/../octo-org/octo-repo",
                " octo-org/octo-repo",
                "octo-org/octo-repo ",
                "octo-org /octo-repo",
                "octo-org/octo-repo?x#y",
                "octo-org/octo%2Frepo",
                "octo-org\\octo-repo",
                "octo-org/octo\nrepo",
                "octo-org/octo\0repo",
                "octo.org",
                "*",
                "*/octo-repo",
                "octo-org/octo-repø",
                "ｏcto-org/octo-repo",
                LONG_NAME,
                "octo-org/" + LONG_NAME);
    }

    @ParameterizedTest
    @MethodSource("malformedScopes")
    void refuses_the_scope(String scope) {
        assertThat(Target.parse("octo-org/octo-repo", "ci", POLICIES)).isPresent();
        assertThat(Target.parse(scope, "ci", POLICIES)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"octo_corp/x", "0/0", "a-b/-", "o/_.-", "o/...", "o/.hidden"})
    void accepts_the_scope(String scope) {
        assertThat(Target.parse(scope, "ci", POLICIES)).isPresent();
    }

    static List<String> malformedIdentities() {
        return List.of(
                "",
                "../../evil",
                "sub/foo",
                "a/../b",
                "a..b",
                "/a",
                "a/",
                "a//b",
                ".",
                "./a",
                "a/.",
                "%2e%2e/evil",
                "x?ref=topic#y",
                "x#y",
                "x\\y",
                "a\nb",
                "a\0b",
                "a\tb",
                "a\u0085b",
                "a\u202eb",
                "a\u2028b",
                "a\ud800",
                "a".repeat(2000));
    }

    @ParameterizedTest
    @MethodSource("malformedIdentities")
    void refuses_the_identity(String identity) {
        assertThat(Target.parse("octo-org/octo-repo", identity, POLICIES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a b, .github/chainguard/a b.sts.yaml",
        "wörk, .github/chainguard/wörk.sts.yaml",
        "a.b-c_d, .github/chainguard/a.b-c_d.sts.yaml",
        "CI, .github/chainguard/CI.sts.yaml"
    })
    void an_identity_is_a_path_as_it_is_written(String identity, String path) {
        assertThat(Target.parse("octo-org/octo-repo", identity, POLICIES))
                .hasValueSatisfying(target -> assertThat(target.policy().path()).isEqualTo(path));
    }
}
