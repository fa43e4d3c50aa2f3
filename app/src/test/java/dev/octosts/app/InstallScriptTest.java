package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.http.LoopbackServer;
import dev.octosts.sandbox.http.Reply;
import dev.octosts.sandbox.http.Request;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code install.sh}, with a server that has the releases. */
class InstallScriptTest {

    private static final Path SCRIPT =
            Path.of("..", "install.sh").toAbsolutePath().normalize();
    private static final String ARCHIVE = "/download/v1.2.3/octo-sts-1.2.3-linux-x86_64.tar.gz";
    private static final String SUMS = "/download/v1.2.3/SHA256SUMS";

    @TempDir
    Path folder = Path.of("");

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, String> variables = new HashMap<>();
    private final LoopbackServer server = LoopbackServer.start(this::answer, 0, null);

    private record Result(int status, String printed) {}

    @BeforeEach
    void release() throws Exception {
        Present.assume("curl", Stream.of("curl", "wget").anyMatch(InstallScriptTest::isThere), "neither curl nor wget");
        assertThat(System.getProperty("os.arch")).as("the archive's machine").isIn("amd64", "x86_64");
        variables.put("HOME", folder.toString());
        variables.put("OCTOSTS_RELEASES_URL", "http://127.0.0.1:" + server.port());
        variables.put("OCTOSTS_VERSION", "1.2.3");
        byte[] archive = archive();
        files.put(ARCHIVE, archive);
        files.put(SUMS, (sha256(archive) + "  octo-sts-1.2.3-linux-x86_64.tar.gz\n").getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Reply answer(Request request) {
        if (request.path().equals("/latest")) {
            return Reply.empty(302).with("Location", "http://127.0.0.1:" + server.port() + "/tag/v1.2.3");
        }
        if (request.path().equals("/tag/v1.2.3")) {
            return Reply.empty(200);
        }
        byte[] file = files.get(request.path());
        return file == null ? Reply.empty(404) : Reply.of(200, "application/octet-stream", file);
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, program)));
    }

    private static String sha256(byte[] content) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    /** A release whose program says its version. */
    private byte[] archive() throws Exception {
        Path program =
                Files.createDirectories(folder.resolve("made/octo-sts/bin")).resolve("octo-sts");
        Files.writeString(program, "#!/bin/sh\necho octo-sts 1.2.3\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Path pages = Files.createDirectories(folder.resolve("made/octo-sts/share/man/man1"));
        Files.writeString(pages.resolve("octo-sts.1"), ".TH OCTO-STS 1\n");
        Files.writeString(pages.resolve("octo-sts-policy.1"), ".TH OCTO-STS-POLICY 1\n");
        Path archive = folder.resolve("made.tar.gz");
        assertThat(call(List.of(
                                "tar",
                                "-czf",
                                archive.toString(),
                                "-C",
                                folder.resolve("made").toString(),
                                "octo-sts"))
                        .status())
                .isZero();
        return Files.readAllBytes(archive);
    }

    private Result install() throws Exception {
        return call(List.of("sh", SCRIPT.toString()));
    }

    private Result call(List<String> command) throws IOException, InterruptedException {
        Path printed = Files.createTempFile(folder, "printed", ".log");
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("OCTOSTS_") || name.startsWith("GITHUB_"));
        builder.environment().putAll(variables);
        var process = builder.redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), Files.readString(printed));
    }

    private Path linked() {
        return folder.resolve(".local/bin/octo-sts");
    }

    @Test
    void installs_a_release_and_links_it() throws Exception {
        var result = install();

        assertThat(result.status()).as(result.printed()).isZero();
        assertThat(result.printed())
                .contains("octo-sts 1.2.3 is installed in " + folder + "/.local/share/octo-sts/1.2.3");
        assertThat(call(List.of(linked().toString())).printed()).isEqualTo("octo-sts 1.2.3\n");
    }

    @Test
    void links_the_manual_where_man_looks_for_it_and_says_so() throws Exception {
        var result = install();

        Path pages = folder.resolve(".local/share/man/man1");
        assertThat(result.printed()).contains("the manual: man octo-sts (in " + pages + ")");
        assertThat(pages.resolve("octo-sts.1")).hasContent(".TH OCTO-STS 1\n");
        assertThat(pages.resolve("octo-sts-policy.1")).exists();
    }

    @Test
    void says_where_the_manual_is_when_man_would_not_find_it() throws Exception {
        variables.put("OCTOSTS_BIN_DIR", folder.resolve("programs").toString());

        assertThat(install().printed())
                .contains("the manual: man -M " + folder + "/.local/share/octo-sts/1.2.3/share/man octo-sts");
        assertThat(folder.resolve("share")).doesNotExist();
    }

    @Test
    void installs_the_newest_release_when_none_is_named() throws Exception {
        variables.remove("OCTOSTS_VERSION");

        assertThat(install().printed()).contains("octo-sts 1.2.3 is installed");
    }

    @Test
    void installs_the_same_release_again() throws Exception {
        install();

        assertThat(install().status()).isZero();
        assertThat(call(List.of(linked().toString())).printed()).isEqualTo("octo-sts 1.2.3\n");
    }

    @Test
    void installs_nothing_whose_digest_is_another() throws Exception {
        files.put(SUMS, ("0".repeat(64) + "  octo-sts-1.2.3-linux-x86_64.tar.gz\n").getBytes(StandardCharsets.UTF_8));

        var result = install();

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.printed()).contains("has the SHA-256 ", "and not " + "0".repeat(64), "nothing was installed");
        assertThat(linked()).doesNotExist();
        assertThat(folder.resolve(".local/share/octo-sts")).doesNotExist();
    }

    @Test
    void the_digest_of_the_caller_decides_before_that_of_the_release() throws Exception {
        variables.put("OCTOSTS_SHA256", "1".repeat(64));

        assertThat(install().printed()).contains("and not " + "1".repeat(64));
        assertThat(linked()).doesNotExist();
    }

    @Test
    void installs_nothing_that_the_digests_do_not_name() throws Exception {
        files.put(SUMS, ("0".repeat(64) + "  another.tar.gz\n").getBytes(StandardCharsets.UTF_8));

        assertThat(install().printed())
                .contains("SHA256SUMS of 1.2.3 does not name octo-sts-1.2.3-linux-x86_64.tar.gz");
        assertThat(linked()).doesNotExist();
    }

    @Test
    void says_which_file_is_not_there() throws Exception {
        variables.put("OCTOSTS_VERSION", "v9.9.9");

        var result = install();

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.printed())
                .contains("/download/v9.9.9/octo-sts-9.9.9-linux-x86_64.tar.gz cannot be downloaded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "1.2.3/../..", "1.2.3;id", "1 2", "$(id)"})
    void takes_only_a_release_for_a_version(String version) throws Exception {
        variables.put("OCTOSTS_VERSION", version);

        var result = install();

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.printed()).contains("is not a release, such as 1.2.3");
    }

    @Test
    void in_github_actions_the_path_of_later_steps_has_it() throws Exception {
        Path path = Files.createFile(folder.resolve("github-path"));
        Path output = Files.createFile(folder.resolve("github-output"));
        variables.put("GITHUB_PATH", path.toString());
        variables.put("GITHUB_OUTPUT", output.toString());
        variables.put("OCTOSTS_INSTALL_DIR", folder.resolve("tools").toString());

        assertThat(install().status()).isZero();

        assertThat(path).hasContent(folder + "/tools/1.2.3/bin\n");
        assertThat(output).hasContent("version=1.2.3\npath=" + folder + "/tools/1.2.3\n");
        assertThat(linked()).doesNotExist();
    }
}
