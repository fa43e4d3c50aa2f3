package dev.octosts.app.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.preset.Preset;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.oidc.Document;
import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NewCommandTest extends PolicyTest {

    static Stream<Preset> presets() {
        return Preset.all().stream();
    }

    private static String[] example(Preset preset, String... more) {
        var arguments = new ArrayList<>(List.of(preset.name()));
        preset.parameters().stream()
                .filter(Preset.Parameter::required)
                .forEach(parameter ->
                        arguments.add("--" + parameter.name().replace('_', '-') + "=" + parameter.example()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private Result make(String... arguments) {
        return call(NewCommand::new, Map.of(), "", arguments);
    }

    @ParameterizedTest
    @MethodSource("presets")
    void writes_a_policy_without_fault_and_a_test_that_passes(Preset preset) {
        var written = make(example(preset, "--output=out", "--name=ci"));

        assertThat(written).isEqualTo(new Result(0, """
                wrote out/ci.sts.test.yaml
                wrote out/ci.sts.yaml
                """, ""));
        assertThat(check("--strict", "out").out()).isEqualTo("2 files checked: nothing to say\n");
        assertThat(call(TestCommand::new, Map.of(), "", "out").status()).isZero();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void prints_what_is_a_policy_as_a_whole(Preset preset) throws IOException {
        var printed = make(example(preset));
        write("printed.sts.yaml", printed.out());

        assertThat(printed.err()).isEmpty();
        assertThat(printed.out()).contains("# tests:", "#   - name: the workload gets a token");
        assertThat(check("--strict", "printed.sts.yaml").out()).isEqualTo("1 file checked: nothing to say\n");
    }

    @Test
    void grants_what_it_is_told_to() {
        var printed = make(
                "google",
                "--unique-id=117292703478108941530",
                "--permission=issues=write,contents=read",
                "--permission=pull_requests=read",
                "--org",
                "--repositories=a,b",
                "--domain=sts.octo.example");

        assertThat(printed.out()).startsWith("""
                # .github/chainguard/google.sts.yaml
                issuer: https://accounts.google.com
                subject: 117292703478108941530
                permissions:
                  contents: read
                  issues: write
                  pull_requests: read
                repositories:
                  - a
                  - b

                # Its test, google.sts.test.yaml (--output DIR writes both files):
                # domain: sts.octo.example
                """);
    }

    @Test
    void takes_a_branchs_name_for_its_ref() {
        assertThat(make("github-actions", "--owner=octo-org", "--repository=octo-repo", "--ref=main")
                        .out())
                .contains("subject_pattern: 'repo:octo-org(@[0-9]+)?/octo-repo(@[0-9]+)?:ref:refs/heads/main'\n");
    }

    @Test
    void asks_the_issuer_what_it_calls_itself() {
        try (var sandbox = Sandbox.start()) {
            var issuer = sandbox.issuers().create();

            var written = make("oidc", "--issuer=" + issuer.url() + "/", "--subject=job", "--discover");
            var elsewhere = make("oidc", "--issuer=" + issuer.url() + "/other", "--subject=job", "--discover");

            assertThat(written.err()).isEmpty();
            assertThat(written.out()).contains("issuer: " + issuer.url() + "\n");
            assertThat(elsewhere.status()).isEqualTo(3);
            assertThat(elsewhere.err())
                    .contains("--discover: " + issuer.url() + "/other/.well-known/openid-configuration cannot be used");
        }
    }

    @Test
    void refuses_an_issuer_that_calls_itself_something_else() {
        try (var sandbox = Sandbox.start()) {
            var issuer = sandbox.issuers().create();
            issuer.edit(
                    Document.DISCOVERY,
                    json -> Json.createObjectBuilder(json)
                            .add("issuer", "https://elsewhere.example")
                            .build());

            var result = make("oidc", "--issuer=" + issuer.url(), "--subject=job", "--discover");

            assertThat(result.status()).isEqualTo(2);
            assertThat(result.err())
                    .contains("--issuer: the discovery document there names another issuer, https://elsewhere.example");
            assertThat(result.out()).isEmpty();
        }
    }

    @Test
    void warns_of_a_grant_that_is_dangerous() {
        assertThat(make("google", "--unique-id=1", "--permission=contents=write")
                        .err())
                .startsWith("octo-sts: warning STS049: contents: write on the repository that holds this policy");
        assertThat(make("google", "--unique-id=1", "--permission=issues=write", "--org")
                        .err())
                .startsWith("octo-sts: warning STS050: ");
    }

    @Test
    void leaves_files_that_are_there_as_they_are() throws IOException {
        var mine = write("out/google.sts.test.yaml", "mine");

        var result = make("google", "--unique-id=1", "--output=out");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("out/google.sts.test.yaml: there is such a file already; it stays as it is");
        assertThat(mine).hasContent("mine");
        assertThat(folder.resolve("out/google.sts.yaml")).doesNotExist();
        Files.delete(mine);
        Files.createSymbolicLink(mine, folder.resolve("nowhere"));
        assertThat(make("google", "--unique-id=1", "--output=out").status()).isEqualTo(2);
        assertThat(folder.resolve("nowhere")).doesNotExist();
        write("file", "");
        assertThat(make("google", "--unique-id=1", "--output=file").status()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | a preset is missing",
                "githab-actions | there is no command 'githab-actions'; did you mean github-actions?",
                "google | --unique-id=UNIQUE_ID is missing; see 'new google --help'",
                "google --unique-id=1 --owner=x | there is no option '--owner'",
                "google --unique-id=1 --permission=contents=none | the level of contents is read, write or admin",
                "google --unique-id=1 --permission=contents | --permission",
                "google --unique-id=1 --permission=pull-requests=read | did you mean pull_requests?",
                "google --unique-id=a;b | the account's unique id is wanted",
                "google --unique-id=1 --repositories=a | only an organization policy names repositories; add --org",
                "google --unique-id=1 --permission=workflows=read | GitHub offers workflows: write only",
                "google --unique-id=1 --name=teams/ci | the service reads no folders below .github/chainguard",
                "github-actions --owner=o --repository=r --ref=refs/pull/1/merge | --ref \"refs/pull/1/merge\": runs of pull requests have the subject",
                "oidc --issuer=x/y?z --subject=s | write the https address",
                "google --unique-id=1 --name=../x | --name",
                "google --unique-id=1 --name=/x | --name",
            })
    void says_what_is_wrong_with_its_arguments(String arguments, String message) {
        var result = make(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains(message);
        assertThat(result.out()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void tells_what_it_needs_to_know(Preset preset) {
        var help = make(preset.name(), "--help");

        assertThat(help.status()).isZero();
        assertThat(preset.parameters())
                .allSatisfy(parameter -> assertThat(help.out())
                        .contains("--" + parameter.name().replace('_', '-') + "=", parameter.example()));
        assertThat(make("--help").out()).contains(preset.name());
    }
}
