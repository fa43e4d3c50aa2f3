package dev.octosts.policy.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octosts.policy.Claims;
import dev.octosts.policy.Level;
import dev.octosts.policy.lint.Linting;
import dev.octosts.policy.repository.PolicyKind;
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
    private static final Preset.PresetGrant READ =
            new Preset.PresetGrant(PolicyKind.REPOSITORY, new TreeMap<>(Map.of("contents", Level.READ)), List.of());

    static Stream<String> names() {
        return Preset.all().stream().map(Preset::name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void writes_a_policy_that_is_clean_and_passes_its_test(String name) {
        Preset.PresetFiles files = example(name);

        assertThat(Linting.lint(files.policy())).as(files.policy()).isEmpty();
        assertThat(PolicyTests.read(Linting.bytes(files.test())))
                .as(files.test())
                .isInstanceOfSatisfying(
                        PolicyTests.TestsReading.Valid.class,
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
                        "azure-devops",
                        "oidc");
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
        var values = new HashMap<>(Map.of("owner", "o", "repository", "a.b", "ref", "refs/heads/a+b"));

        assertThat(preset("github-actions").write(values, READ, "sts.example").policy())
                .contains("/a\\.b(@[0-9]+)?:ref:refs/heads/a\\+b");
    }

    @Test
    void says_which_parameter_is_missing_unknown_or_unusable() {
        Preset google = preset("google");

        assertThatThrownBy(() -> google.write(Map.of(), READ, "d"))
                .hasMessage("google needs the parameter unique_id, such as 117292703478108941530");
        assertThatThrownBy(() -> google.write(Map.of("unique_id", "1", "x", "2"), READ, "d"))
                .hasMessage("google has no parameter x; it has unique_id");
        assertThatThrownBy(() -> google.write(Map.of("unique_id", "a;b"), READ, "d"))
                .hasMessageStartingWith("unique_id \"a;b\": the account's unique id is wanted");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "github-actions | ref | main | ref:refs/heads/main",
                "github-actions | ref | v1 | ref:refs/heads/v1",
                "github-actions | ref | heads/main | ref:refs/heads/main",
                "github-actions | ref | tags/v1 | ref:refs/tags/v1",
                "github-actions | ref | refs/tags/v1 | ref:refs/tags/v1",
                "github-actions | ref | feature/x | ref:refs/heads/feature/x",
                "github-actions | owner | https://github.com/octo-org/ | repo:octo-org(@",
                "github-actions | owner | @octo-org | repo:octo-org(@",
                "github-actions | repository | octo-org/octo-repo | /octo-repo(@",
                "github-actions | repository | https://github.com/octo-org/octo-repo.git | /octo-repo(@",
                "gitlab | project | https://gitlab.com/g/p.git | project_path:g/p:",
                "gitlab | ref_type | tags | ref_type:tag:",
                "gitlab | ref | refs/heads/main | :ref:main",
                "gitlab | issuer | gitlab.octo.example | issuer: https://gitlab.octo.example",
                "buildkite | branch | refs/heads/main | ref:refs/heads/main",
                "buildkite | pipeline | https://buildkite.com/octo-pipeline | pipeline:octo-pipeline:",
                "circleci | project_id | F0C5A4CE-2F0A-4F57-9F1D-3A0C3C7D2C55 | f0c5a4ce-2f0a-4f57-9f1d-3a0c3c7d2c55",
                "eks | cluster_id | https://oidc.eks.eu-west-1.amazonaws.com/id/exampled539d4633e53de1b71example | /id/EXAMPLED539D4633E53DE1B71EXAMPLE",
                "entra | tenant | 72F988BF-86F1-41AF-91AB-2D7CD011DB47 | 72f988bf-86f1-41af-91ab-2d7cd011db47",
                "terraform-cloud | run_phase | Apply | run_phase:apply",
                "terraform-cloud | project | Default Project | project:Default Project:",
                "oidc | issuer | https://jenkins.example.com/oidc/.well-known/openid-configuration | issuer: https://jenkins.example.com/oidc",
                "oidc | audience | octo-sts | audience: octo-sts",
            })
    void takes_a_careless_value_for_what_it_plainly_means(String name, String parameter, String value, String part) {
        String policy = written(name, parameter, value);

        assertThat(policy).contains(part);
        assertThat(Linting.lint(policy)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "github-actions | ref | refs/pull/12/merge | runs of pull requests have the subject",
                "github-actions | ref | pull/12/head | runs of pull requests",
                "github-actions | ref | pull_request | runs of pull requests",
                "github-actions | ref | refs/heads/* | a name is wanted and no pattern",
                "github-actions | ref | release branch | git has no branch or tag of that name",
                "github-actions | ref | a..b | git has no branch or tag of that name",
                "github-actions | ref | '' | give a value",
                "github-actions | ref | ${{ github.ref }} | without placeholders",
                "github-actions | owner | octo-org/octo-repo | write the account alone",
                "github-actions | owner | <OWNER> | without placeholders",
                "github-actions | repository | other/octo-repo | it belongs to another owner than octo-org",
                "github-actions | repository | octo repo | write the repository's name alone",
                "gitlab | project | project | write GROUP/PROJECT",
                "gitlab | ref_type | commit | write branch or tag",
                "gitlab | ref | refs/merge-requests/1/head | name a branch or a tag",
                "gitlab | issuer | http://gitlab.example | write the https address",
                "gitlab | issuer | https://gitlab.com?x=1 | write the https address",
                "buildkite | organization | Octo Org | write the slug",
                "circleci | organization_id | octo-org | an id is wanted",
                "google | unique_id | bot@octo.iam.gserviceaccount.com | the account's unique id is wanted",
                "eks | cluster_id | octo-cluster | write the 32 characters",
                "eks | namespace | system:serviceaccount:ci | write the namespace alone",
                "eks | service_account | Octo | in lower case",
                "gke | cluster | projects/p/locations/l/clusters/c | write the name in lower case",
                "aks | tenant | octo.onmicrosoft.com | an id is wanted",
                "entra | object_id | octo-app | an id is wanted",
                "entra | application_id | my app | write what the tokens have as aud",
                "kubernetes | issuer | https://user@k8s.example | write the https address",
                "terraform-cloud | workspace | a:b | without colons",
                "terraform-cloud | run_phase | destroy | write apply or plan",
                "azure-devops | project | a/b | without slashes",
                "oidc | issuer | https://token.actions.githubusercontent.com/ | no token has the issuer",
                "oidc | subject | 'a;b' | no token with the subject",
                "oidc | audience | a b | write what the tokens have as aud",
            })
    void refuses_a_value_with_which_no_token_would_be_accepted(
            String name, String parameter, String value, String reason) {
        assertThatThrownBy(() -> written(name, parameter, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refuses_a_level_that_github_does_not_offer() {
        var grant = new Preset.PresetGrant(
                PolicyKind.REPOSITORY, new TreeMap<>(Map.of("workflows", Level.READ)), List.of());

        assertThatThrownBy(() -> preset("google").write(Map.of("unique_id", "1"), grant, "d"))
                .hasMessage("GitHub offers workflows: write only, not read; write write, or remove it");
    }

    private static String written(String name, String parameter, String value) {
        Map<String, String> values = examples(name);
        values.put(parameter, value);
        return preset(name).write(values, READ, "sts.example").policy();
    }

    private static Map<String, String> examples(String name) {
        var values = new HashMap<String, String>();
        preset(name).parameters().stream()
                .filter(Preset.Parameter::required)
                .forEach(parameter -> values.put(parameter.name(), parameter.example()));
        return values;
    }

    private static Preset.PresetFiles example(String name) {
        return preset(name).write(examples(name), READ, "sts.example");
    }

    private static Preset preset(String name) {
        return Preset.named(name).orElseThrow();
    }

    private static Claims claims(String issuer, String subject) {
        return new Claims(issuer, subject, List.of(), Map.of());
    }
}
