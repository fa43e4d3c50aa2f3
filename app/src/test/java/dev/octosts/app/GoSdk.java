package dev.octosts.app;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The client of the Chainguard SDK, built from {@code src/test/go}. Where Go or the modules cannot be had, the tests
 * that use it are left out.
 */
public final class GoSdk {

    private static final Path SOURCES = Path.of("src", "test", "go");
    private static final long BUILD_MINUTES = 5;
    private static final long CALL_SECONDS = 60;

    private final Path program;
    private final Optional<Path> certificates;

    private GoSdk(Path program, Optional<Path> certificates) {
        this.program = program;
        this.certificates = certificates;
    }

    /** Builds the client in a folder. */
    public static GoSdk build(Path folder) throws IOException, InterruptedException {
        Present.assume("go", goIsThere(), "there is no go on this machine");
        var program = folder.resolve("sdkclient");
        var output = folder.resolve("build.log");
        var builder = new ProcessBuilder(
                        "go", "build", "-o", program.toAbsolutePath().toString(), ".")
                .directory(SOURCES.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("GOPROXY", "off"); // a test does not use the Internet
        var build = builder.start();
        boolean ended = build.waitFor(BUILD_MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            build.destroyForcibly();
        }
        Present.assume(
                "go",
                ended && build.exitValue() == 0,
                "the SDK cannot be built; 'go mod download' in " + SOURCES + " gets its modules: "
                        + Files.readString(output));
        return new GoSdk(program, Optional.empty());
    }

    private static boolean goIsThere() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "go")));
    }

    /** The same client, which trusts the certificates of a file. */
    public GoSdk trusting(Path file) {
        return new GoSdk(program, Optional.of(file));
    }

    /** Asks once; the line that the client prints. */
    public String ask(String... arguments) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(Stream.concat(Stream.of(program.toString()), Stream.of(arguments))
                .toList());
        certificates.ifPresent(file -> builder.environment().put("SSL_CERT_FILE", file.toString()));
        List.of("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy").forEach(builder.environment()::remove);
        var process = builder.redirectErrorStream(true).start();
        try (var reader = process.inputReader()) {
            var text = String.join("\n", reader.lines().toList());
            if (!process.waitFor(CALL_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the SDK's client does not end");
            }
            return text;
        } finally {
            process.destroyForcibly();
        }
    }
}
