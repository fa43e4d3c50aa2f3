package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class LauncherTest {

    private static final Path LAUNCHER =
            Path.of("..", "octo-sts").toAbsolutePath().normalize();
    private static final String TOOLS = "/usr/bin:/bin";

    @TempDir
    Path folder = Path.of("");

    /** What a command printed and how it ended. */
    private record Result(int status, String out, String err) {}

    @Test
    void is_a_shell_script_that_a_plain_shell_reads() throws IOException, InterruptedException {
        assertThat(run(Map.of("PATH", TOOLS), "sh", "-n", LAUNCHER.toString()).status())
                .isZero();
    }

    @Test
    void says_its_version_and_its_commands_without_java() throws IOException, InterruptedException {
        var environment = Map.of("PATH", TOOLS, "JAVA_HOME", "/nonexistent");

        assertThat(run(environment, LAUNCHER.toString(), "--version").out()).matches("octo-sts [0-9].*\\n");
        assertThat(run(environment, LAUNCHER.toString(), "--help").out()).contains("serve", "sandbox", "build", "test");
    }

    @Test
    void is_found_through_links_from_another_folder() throws IOException, InterruptedException {
        var direct = Files.createSymbolicLink(folder.resolve("direct"), LAUNCHER);
        var indirect = Files.createSymbolicLink(folder.resolve("indirect"), direct.getFileName());

        assertThat(run(Map.of("PATH", TOOLS), indirect.toString(), "--version").out())
                .startsWith("octo-sts ");
    }

    @Test
    void refuses_an_unknown_command() throws IOException, InterruptedException {
        var result = run(Map.of("PATH", TOOLS), LAUNCHER.toString(), "dance");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).isEqualTo("octo-sts: there is no command 'dance'; see 'octo-sts --help'\n");
        assertThat(result.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "polcy, there is no command 'polcy'; did you mean policy? see 'octo-sts --help'",
        "biuld, there is no command 'biuld'; did you mean build? see 'octo-sts --help'",
        "eyJhbGciOiJSUzI1NiJ9.e30.c2ln, there is no such command; see 'octo-sts --help'",
        "ghs_secret, there is no such command; see 'octo-sts --help'",
    })
    void says_what_was_meant_and_repeats_no_token(String word, String line) throws IOException, InterruptedException {
        assertThat(run(Map.of("PATH", TOOLS), LAUNCHER.toString(), word))
                .isEqualTo(new Result(2, "", "octo-sts: " + line + "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"build", "dist", "test"})
    void shows_the_help_of_its_own_commands_without_java(String command) throws IOException, InterruptedException {
        var result = run(Map.of("PATH", TOOLS, "JAVA_HOME", "/nonexistent"), LAUNCHER.toString(), command, "--help");

        assertThat(result.status()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .startsWith("Usage: octo-sts " + command)
                .contains("Examples:\n  ./octo-sts " + command);
    }

    @Test
    void shows_how_far_a_build_is_and_no_warnings_of_others() throws IOException, InterruptedException {
        var home = project();
        program(folder.resolve("bin/mvn"), """
                echo 'WARNING: A terminally deprecated method in sun.misc.Unsafe has been called' >&2
                echo '[WARNING] somebody else has a warning'
                for file in $(seq 250); do echo "[INFO] Downloading from central: https://repo.example/$file"; done
                echo '[INFO] ------------------------< dev.octosts:sts-api >-------------------------'
                echo '[INFO] Building What the service promises 0.1.0-SNAPSHOT                [2/9]'
                mkdir -p %s
                printf '\\033[0m' # as some Mavens end, without a line break
                """.formatted(home.resolve("app/target/octo-sts")));

        var result = run(building(), "/bin/sh", home + "/octo-sts", "build");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.err()).isEqualTo("""
                octo-sts: building what is not built; the first time this takes some minutes
                octo-sts: 100 files are downloaded
                octo-sts: 200 files are downloaded
                octo-sts: building sts-api (2/9)
                """);
        assertThat(home.resolve("app/target/build.log")).content().contains("sun.misc.Unsafe", "[WARNING]");
    }

    @Test
    void shows_why_a_build_failed() throws IOException, InterruptedException {
        var home = project();
        program(folder.resolve("bin/mvn"), "echo '[ERROR] Here.java:[1,2] it is broken'; exit 1");

        var result = run(building(), "/bin/sh", home + "/octo-sts", "build");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .contains("[ERROR] Here.java:[1,2] it is broken", "the build failed", "app/target/build.log");
        assertThat(home.resolve("app/target/octo-sts.lock")).doesNotExist();
        assertThat(home.resolve("app/target/built")).doesNotExist();
    }

    private Path project() throws IOException {
        var home = Files.createDirectory(folder.resolve("project"));
        Files.copy(LAUNCHER, home.resolve("octo-sts"));
        Files.createDirectories(home.resolve("app/src/main"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Files.writeString(home.resolve("app/pom.xml"), "<project/>");
        return home;
    }

    private Map<String, String> building() throws IOException {
        return Map.of(
                "PATH",
                folder.resolve("bin") + ":" + TOOLS,
                "JAVA_HOME",
                jdk("jdk-99", "99.0.1").toString());
    }

    @Test
    void takes_the_java_of_java_home_for_maven() throws IOException, InterruptedException {
        var home = jdk("jdk-99", "99.0.1");
        program(folder.resolve("bin/mvn"), "echo \"maven on $JAVA_HOME: $*\"");

        var result = run(
                Map.of("PATH", folder.resolve("bin") + ":" + TOOLS, "JAVA_HOME", home.toString()),
                LAUNCHER.toString(),
                "mvn",
                "--version");

        assertThat(result.out()).startsWith("maven on " + home + ": -f ").endsWith("pom.xml --version\n");
    }

    @Test
    void passes_over_a_java_that_is_too_old() throws IOException, InterruptedException {
        var old = jdk("jdk-17", "17.0.9");
        jdk(".jdks/jdk-98", "98.0.1");
        program(folder.resolve("bin/mvn"), "echo \"$JAVA_HOME\"");

        var result = run(
                Map.of(
                        "PATH",
                        folder.resolve("bin") + ":" + TOOLS,
                        "JAVA_HOME",
                        old.toString(),
                        "HOME",
                        folder.toString()),
                LAUNCHER.toString(),
                "mvn");

        assertThat(result.status()).isZero();
        assertThat(result.out().strip()).isNotEqualTo(old.toString());
    }

    @Test
    void takes_the_wrapper_when_there_is_no_maven() throws IOException, InterruptedException {
        var home = Files.createDirectory(folder.resolve("project"));
        Files.copy(LAUNCHER, home.resolve("octo-sts"));
        program(home.resolve("mvnw"), "echo \"wrapper on $JAVA_HOME: $*\"");
        var jdk = jdk("jdk-99", "99.0.1");
        var environment = Map.of("PATH", toolsWithoutMaven().toString(), "JAVA_HOME", jdk.toString());

        var result = run(environment, "/bin/sh", home + "/octo-sts", "mvn", "--version");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("wrapper on " + jdk + ": -f ").endsWith("pom.xml --version\n");
    }

    @Test
    void says_that_maven_is_missing() throws IOException, InterruptedException {
        var home = Files.createDirectory(folder.resolve("project"));
        Files.copy(LAUNCHER, home.resolve("octo-sts"));
        var environment = Map.of(
                "PATH",
                toolsWithoutMaven().toString(),
                "JAVA_HOME",
                jdk("jdk-99", "99.0.1").toString());

        var result = run(environment, "/bin/sh", home + "/octo-sts", "mvn");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("no Maven", "Install it");
    }

    @Test
    void builds_once_when_two_ask_at_the_same_time() throws IOException, InterruptedException {
        var home = project();
        var builds = folder.resolve("builds");
        program(
                folder.resolve("bin/mvn"),
                "echo built >>" + builds + "; sleep 1; mkdir -p " + home.resolve("app/target/octo-sts"));
        var environment = building();

        // The shell waits for both, and its status is that of the one that could fail.
        var both = run(environment, "/bin/sh", "-c", home + "/octo-sts build & " + home + "/octo-sts build; wait $!");

        assertThat(both.status()).as(both.err()).isZero();
        assertThat(builds).hasContent("built");
        assertThat(home.resolve("app/target/octo-sts.lock")).doesNotExist();
    }

    private Path toolsWithoutMaven() throws IOException {
        var tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : List.of("sh", "dirname", "readlink", "sed", "cat", "mkdir", "rm", "find", "head")) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
        }
        return tools;
    }

    private Path jdk(String name, String version) throws IOException {
        var home = folder.resolve(name);
        program(home.resolve("bin/java"), "exit 1");
        program(home.resolve("bin/javac"), "exit 1");
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private static void program(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Result run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        var out = folder.resolve("out");
        var err = folder.resolve("err");
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
