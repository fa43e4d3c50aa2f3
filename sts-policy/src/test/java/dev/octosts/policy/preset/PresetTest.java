package dev.octosts.policy.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octosts.policy.Claims;
import dev.octosts.policy.Level;
import dev.octosts.policy.lint.Linting;
import dev.octosts.policy.repository.FileKind;
import dev.octosts.policy.test.PolicyTests;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PresetTest {
    private static final Preset.Grant READ =
            new Preset.Grant(FileKind.REPOSITORY, new TreeMap<>(Map.of("contents", Level.READ)), List.of());

    static Stream<String> names() {
        return Preset.all().stream().map(Preset::name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void writes_a_policy_that_is_clean_and_passes_its_test(String name) {
        Preset.Files files = example(name);

        assertThat(Linting.lint(files.policy())).as(files.policy()).isEmpty();
        assertThat(PolicyTests.read(Linting.bytes(files.test())))
                .as(files.test())
                .isInstanceOfSatisfying(
                        PolicyTests.Reading.Valid.class,
                        valid -> assertThat(valid.tests()
                                        .run(Linting.bytes(files.policy()), Linting.repository(), "sts.example"))
                                .hasSize(2)
                                .allSatisfy(
                                        result -> assertThat(result.message()).isEmpty()));
    }

    @Test
    void there_is_one_for_every_provider() {
        assertThat(names())
                .containsExactlyInAnyOrder(
                        "github-actions",
                        "gitlab",
                        "buildkite",
                        "circleci",
                        "google",
                        "eks",
                        "gke",
                        "aks",
                        "entra",
                        "kubernetes",
                        "terraform-cloud",
                        "azure-devops");
    }

    @ParameterizedTest
    @CsvSource({
        "github-actions, https://token.actions.githubusercontent.com, repo:o/r:ref:refs/heads/main",
        "github-actions, https://token.actions.githubusercontent.com, repo:o@1/r@2:ref:refs/heads/main",
        "gitlab, https://gitlab.octo.example, project_path:g/p:ref_type:branch:ref:main",
        "buildkite, https://agent.buildkite.com, organization:o:pipeline:p:ref:refs/heads/main:commit:0a1b:step:x",
        "circleci, https://oidc.circleci.com/org/22da, org/22da/project/f0c5/user/7ae1",
        "google, https://accounts.google.com, 117292703478108941530",
        "eks, https://oidc.eks.eu-west-1.amazonaws.com/id/ABCD, system:serviceaccount:n:s",
        "gke, https://container.googleapis.com/v1/projects/p/locations/l/clusters/c, system:serviceaccount:n:s",
        "aks, https://westeurope.oic.prod-aks.azure.com/t/c/, system:serviceaccount:n:s",
        "entra, https://login.microsoftonline.com/t/v2.0, c5d4",
        "kubernetes, https://k8s.example, system:serviceaccount:n:s",
        "terraform-cloud, https://app.terraform.io, organization:o:project:p:workspace:w:run_phase:apply",
        "azure-devops, https://vstoken.dev.azure.com/8b2f, sc://o/p/c",
    })
    void fits_a_token_whose_parameters_it_finds(String name, String issuer, String subject) {
        Map<String, Map<String, String>> fitting = Preset.fitting(claims(issuer, subject));

        assertThat(fitting).containsKey(name);
        assertThat(fitting.getOrDefault(name, Map.of("", "")).values())
                .doesNotContain("")
                .noneMatch(value -> value.contains("\0"));
    }

    @Test
    void the_parameters_of_a_token_write_its_policy() {
        Map<String, String> found = Preset.fitting(
                        claims("https://token.actions.githubusercontent.com", "repo:o@1/r@2:ref:refs/heads/main"))
                .getOrDefault("github-actions", Map.of());

        assertThat(found).containsEntry("owner", "o").containsEntry("repository", "r");
        assertThat(preset("github-actions").write(found, READ, "sts.example").policy())
                .contains("repo:o(@[0-9]+)?/r(@[0-9]+)?:ref:refs/heads/main");
    }

    @Test
    void fits_no_token_of_another_form() {
        assertThat(Preset.fitting(claims("https://elsewhere.example", "me"))).isEmpty();
    }

    @Test
    void a_parameter_is_never_a_pattern() {
        var values = new HashMap<>(Map.of("owner", "o", "repository", "a.b", "ref", "refs/heads/.*"));

        assertThat(preset("github-actions").write(values, READ, "sts.example").policy())
                .contains("/a\\.b(@[0-9]+)?:ref:refs/heads/\\.\\*");
    }

    @Test
    void says_which_parameter_is_missing_unknown_or_unusable() {
        Preset google = preset("google");

        assertThatThrownBy(() -> google.write(Map.of(), READ, "d"))
                .hasMessage("google needs the parameter unique_id, such as 117292703478108941530");
        assertThatThrownBy(() -> google.write(Map.of("unique_id", "1", "x", "2"), READ, "d"))
                .hasMessage("google has no parameter x; it has unique_id");
        assertThatThrownBy(() -> google.write(Map.of("unique_id", "a;b"), READ, "d"))
                .hasMessageStartingWith("no token with the subject \"a;b\" is accepted");
    }

    private static Preset.Files example(String name) {
        var values = new HashMap<String, String>();
        preset(name).parameters().stream()
                .filter(Preset.Parameter::required)
                .forEach(parameter -> values.put(parameter.name(), parameter.example()));
        return preset(name).write(values, READ, "sts.example");
    }

    private static Preset preset(String name) {
        return Preset.named(name).orElseThrow();
    }

    private static Claims claims(String issuer, String subject) {
        return new Claims(issuer, subject, List.of(), Map.of());
    }
}
