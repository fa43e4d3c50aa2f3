package dev.octosts.app.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.preset.Preset;
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
        var written = make(example(preset, "--output=out", "--name=teams/ci"));

        assertThat(written).isEqualTo(new Result(0, """
                wrote out/teams/ci.sts.test.yaml
                wrote out/teams/ci.sts.yaml
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
                "google --unique-id=a;b | no token with the subject",
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
