package dev.octosts.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as the build packages them, on the module path. */
class PackagedCommandIT extends CommandTest {

    private static final Path LIBRARIES = Path.of("target", "octo-sts", "lib").toAbsolutePath();

    @TempDir
    Path folder = Path.of("");

    private Process start(String... arguments) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-p", LIBRARIES.toString(), "-m", "dev.octosts.app/dev.octosts.app.Main"));
        command.addAll(List.of(arguments));
        return Program.builder(command).start();
    }

    private static String output(Process process) throws IOException, InterruptedException {
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    @Test
    void pass_the_token_and_signals_to_a_command() throws Exception {
        var token = Files.writeString(folder.resolve("token"), TOKEN);
        var script = "trap 'exit 7' TERM; echo $GITHUB_TOKEN; kill -s TERM $PPID; while :; do sleep 1 & wait $!; done";
        var process = start(
                "exchange",
                "--url=" + url(),
                "--scope=o/r",
                "--identity=ci",
                "--github-url=" + url(),
                "--token-file=" + token,
                "--",
                "/bin/sh",
                "-c",
                script);
        assertThat(output(process)).isEqualTo(GAINED + "\n");
        assertThat(process.exitValue()).isEqualTo(7);
        assertThat(calls()).containsExactly("GET /sts/exchange", "DELETE /installation/token");
        assertThat(requests().getFirst().header("user-agent"))
                .hasValueSatisfying(name -> assertThat(name).matches("octo-sts/[0-9].*"));
    }

    @Test
    void speak_to_git() throws Exception {
        var token = Files.writeString(folder.resolve("token"), TOKEN);
        var process = start("git-credential", "--url=" + url(), "--identity=ci", "--token-file=" + token, "get");
        try (var git = process.outputWriter(StandardCharsets.UTF_8)) {
            git.write("protocol=https\nhost=github.com\npath=o/r.git\n\n");
        }
        assertThat(output(process)).contains("password=" + GAINED + "\n");
    }

    @Test
    void decode_a_token() throws Exception {
        var process = start("token", "decode");
        try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2ln");
        }
        assertThat(output(process)).contains("alg  RS256", "sub  me").doesNotContain("c2ln");
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void write_check_and_test_a_policy() throws Exception {
        var place = folder.resolve("policies").toString();
        assertThat(output(start("policy", "new", "google", "--unique-id=1", "--output=" + place)))
                .contains("google.sts.yaml");
        assertThat(output(start("policy", "check", "--strict", "--format=sarif", place)))
                .contains("\"version\": \"2.1.0\"", "\"results\": [\n      ]");
        assertThat(output(start("policy", "test", "--format=junit", place))).contains("failures=\"0\"");
    }

    @Test
    void explain_a_refusal() throws Exception {
        var policy = Files.writeString(folder.resolve("ci.sts.yaml"), """
                issuer: https://accounts.google.com
                subject: me
                permissions:
                  contents: read
                """);
        var process = start("policy", "explain", "--policy=" + policy, "--claims=-");
        try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write("{\"iss\": \"https://accounts.google.com\", \"sub\": \"you\", \"aud\": \"sts\"}");
        }
        assertThat(output(process)).startsWith("subject: from character 1 on it is \"you\" instead of \"me\"");
        assertThat(process.exitValue()).isEqualTo(1);
    }
}
