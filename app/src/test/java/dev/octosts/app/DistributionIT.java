package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.kms.aws.fixture.KmsStandIn;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators get: the archive, unpacked somewhere else, where there is no JDK to be found. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(
        named = "octo-sts.distribution",
        matches = ".+",
        disabledReason = "the distribution is made with the Maven profile of that name; ./octo-sts test does")
class DistributionIT {

    private static final String DOMAIN = "sts.example.com";
    private static final String TOOLS = "/usr/bin:/bin";

    private final Path folder;
    private final Path parent;
    private final Path home;

    DistributionIT(@TempDir Path folder) {
        this.folder = folder;
        this.parent = folder.resolve("some where");
        this.home = parent.resolve("octo-sts");
    }

    @BeforeAll
    void unpack() throws IOException, InterruptedException {
        Files.createDirectories(parent);
        var archive = archive();
        var unpacked = new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", parent.toString())
                .inheritIO()
                .start();
        assertThat(unpacked.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(unpacked.exitValue()).as("tar of " + archive).isZero();
    }

    private static Path archive() throws IOException {
        var built = Path.of(System.getProperty("octo-sts.distribution", ""));
        try (Stream<Path> files = Files.list(built)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no archive in " + built));
        }
    }

    private Map<String, String> variables(Sandbox sandbox, DemoWorld world) throws IOException {
        var variables = PackagedProgram.variables(sandbox, world, DOMAIN, folder);
        variables.put("PATH", TOOLS);
        variables.put("JAVA_HOME", "/nonexistent");
        return variables;
    }

    @Test
    void serves_exchanges_on_its_own_runtime() throws IOException, InterruptedException {
        try (var sandbox = Sandbox.start()) {
            var world = DemoWorld.in(sandbox);
            var serve = List.of(home.resolve("bin/octo-sts").toString(), "serve");
            try (var program =
                    PackagedProgram.start(folder, PackagedProgram.freePort(), variables(sandbox, world), serve)) {
                var answer = program.ready()
                        .get(
                                "/sts/exchange?scope=octo-org/octo-repo&identity=" + DemoWorld.CI,
                                "Authorization",
                                "Bearer " + world.workflowToken(DOMAIN).sign());

                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(program.process().info().command().orElse(""))
                        .isEqualTo(home.toRealPath().resolve("runtime/bin/java").toString());
                assertThat(program.output()).doesNotContain("[error]");
            }
        }
    }

    @Test
    void has_its_licence_and_those_of_its_parts() {
        assertThat(home.resolve("LICENSE")).hasSameTextualContentAs(Path.of("..", "LICENSE"));
        assertThat(home.resolve("NOTICE")).hasSameTextualContentAs(Path.of("..", "NOTICE"));
    }

    /** A line for each library and its version; Helidon's are one line. */
    @Test
    void names_every_library_in_its_notice() throws IOException {
        var notice = Files.readString(home.resolve("NOTICE"));
        assertThat(libraries())
                .filteredOn(jar -> !jar.startsWith("sts-") && !jar.startsWith("app-") && !jar.contains("helidon"))
                .filteredOn(jar -> !jar.matches("weld-(core-impl|se-core)-.*"))
                .hasSizeGreaterThan(100)
                .allSatisfy(jar -> assertThat(notice).containsPattern(line(jar)));
    }

    private static String line(String jar) {
        var parts = Pattern.compile("(.+?)-([0-9].*)\\.jar").matcher(jar);
        assertThat(parts.matches()).as(jar).isTrue();
        return "(?m)^  " + Pattern.quote(parts.group(1)) + " +" + Pattern.quote(parts.group(2)) + "$";
    }

    /** What is for a key service alone is in a folder that is not on the module path. */
    @Test
    void has_the_key_services_in_folders_of_their_own() throws IOException {
        try (Stream<Path> folders = Files.list(home.resolve("lib/kms"))) {
            assertThat(folders.map(service -> service.getFileName().toString()))
                    .containsExactlyInAnyOrder("akv", "aws", "gcp", "pkcs11", "vault");
        }
        assertThat(home.resolve("lib")).isDirectoryNotContaining("glob:**/{sts-kms-*,kms-*,sdk-core-*}.jar");
        assertThat(home.resolve("lib/kms/aws"))
                .isDirectoryContaining("glob:**/sts-kms-aws-*.jar")
                .isDirectoryContaining("glob:**/sdk-core-*.jar")
                .isDirectoryNotContaining("glob:**/{slf4j-api,jspecify,netty,sts-github,nimbus}*.jar");
    }

    /** The SDK on the runtime that comes with the program, which has no more modules than it needs. */
    @Test
    void signs_with_a_key_service_on_its_own_runtime() throws IOException, InterruptedException {
        try (var sandbox = Sandbox.start();
                var aws = new KmsStandIn()) {
            var world = DemoWorld.in(sandbox);
            var variables = variables(sandbox, world);
            variables.putAll(PackagedKeyServicesIT.keyInAws(aws, world));
            var serve = List.of(home.resolve("bin/octo-sts").toString(), "serve");
            try (var program = PackagedProgram.start(folder, PackagedProgram.freePort(), variables, serve)) {
                assertThat(PackagedKeyServicesIT.exchange(program.ready(), world, DOMAIN))
                        .isEqualTo(200);
            }
        }
    }

    /** Java ignores a cache that does not fit, and says nothing; so it is made to insist on the cache. */
    @ParameterizedTest
    @CsvSource({"service.aot, serve --help, Usage: octo-sts serve", "commands.aot, --version, octo-sts "})
    void uses_its_class_caches_although_it_was_moved(String cache, String arguments, String expected)
            throws IOException, InterruptedException {
        assertThat(home.resolve("cache").resolve(cache)).isNotEmptyFile();
        try (Stream<String> lines = Files.lines(home.resolve("etc/jvm.args"))) {
            var options = lines.filter(line -> !line.startsWith("#")).collect(Collectors.joining(" "));

            assertThat(run(
                            Map.of("PATH", TOOLS, "OCTOSTS_JAVA_OPTS", options + " -XX:AOTMode=on"),
                            arguments.split(" ")))
                    .startsWith(expected);
        }
    }

    /** As after a copy that did not keep the times of the files. */
    @Test
    void starts_without_a_word_when_a_class_cache_does_not_fit() throws IOException, InterruptedException {
        var library = home.resolve("lib").resolve(libraries().getFirst());
        var time = Files.getLastModifiedTime(library);
        Files.setLastModifiedTime(library, FileTime.fromMillis(time.toMillis() + 60_000));
        try {
            assertThat(run(Map.of("PATH", TOOLS), "--version"))
                    .startsWith("octo-sts ")
                    .hasLineCount(1);
        } finally {
            Files.setLastModifiedTime(library, time);
        }
    }

    private List<String> libraries() throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("lib"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void knows_its_commands() throws IOException, InterruptedException {
        var policy = Files.writeString(folder.resolve("policy.sts.yaml"), """
                issuer: https://token.actions.githubusercontent.com
                subject: repo:octo-org/octo-repo:ref:refs/heads/main
                permissions:
                  contents: read
                """);

        assertThat(run(Map.of("PATH", TOOLS), "policy", "check", policy.toString()))
                .contains("1 file checked: 0 errors");
    }

    @Test
    void has_its_manual_where_man_looks_for_it() throws IOException, InterruptedException {
        try (Stream<Path> pages = Files.list(home.resolve("share/man/man1"))) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .contains("octo-sts.1", "octo-sts-policy-check.1", "octo-sts-serve.1")
                    .doesNotContain("octo-sts-manual.1", "octo-sts-rehearse.1");
        }
        Present.assume("man", Files.isExecutable(Path.of("/usr/bin/man")), "no man on this machine");
        var found = new ProcessBuilder("man", "-w", "octo-sts-policy-check").redirectErrorStream(true);
        found.environment().clear();
        found.environment().put("PATH", home.resolve("bin") + ":" + TOOLS);
        var process = found.start();
        try (var output = process.inputReader()) {
            assertThat(output.readLine())
                    .isEqualTo(home.resolve("share/man/man1/octo-sts-policy-check.1")
                            .toString());
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void completes_its_command_line() throws IOException, InterruptedException {
        assertThat(run(Map.of("PATH", TOOLS), "completion", "bash")).contains("complete -F ", "policy", "--format");
        assertThat(run(Map.of("PATH", TOOLS), "completion", "fish")).startsWith("# Completion of octo-sts in fish");
    }

    @Test
    void has_nothing_of_the_sandbox() throws IOException {
        assertThat(libraries())
                .isNotEmpty()
                .noneMatch(name -> name.startsWith("sts-sandbox") || name.startsWith("bcp"));
    }

    private String run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(home.resolve("bin/octo-sts").toString()));
        command.addAll(List.of(arguments));
        var output = Files.createTempFile(folder, "output", ".txt");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
