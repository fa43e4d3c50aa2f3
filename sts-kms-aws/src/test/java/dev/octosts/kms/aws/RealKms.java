package dev.octosts.kms.aws;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octosts.sandbox.Await;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A KMS that others have written, in a process of its own. Where it cannot be had, the tests that use it are left out,
 * except when {@code OCTOSTS_TESTS_REQUIRE} names it.
 */
final class RealKms implements AutoCloseable {

    private static final String REQUIRED = "OCTOSTS_TESTS_REQUIRE";
    private static final Path GO = Path.of("src", "test", "go");
    private static final long BUILD_MINUTES = 5;
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final int port;

    private RealKms(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    /** Moto's server, of PyPI. */
    static RealKms moto(Path folder) throws IOException {
        var command = command("moto_server");
        assume("moto", command.isPresent(), "there is no moto_server on this machine (pip install 'moto[server]')");
        int port = freePort();
        return start(
                folder,
                List.of(command.orElseThrow(), "-H", "127.0.0.1", "-p", Integer.toString(port)),
                Map.of(),
                port);
    }

    /**
     * {@code github.com/nsmithuk/local-kms}, built of {@code src/test/go}.
     *
     * @param seed the keys that it has, in its own YAML
     */
    static RealKms localKms(Path folder, String seed) throws IOException, InterruptedException {
        assume("local-kms", command("go").isPresent(), "there is no go on this machine");
        var program = folder.resolve("local-kms").toAbsolutePath();
        var log = folder.resolve("build.log");
        var builder = new ProcessBuilder("go", "build", "-o", program.toString(), "github.com/nsmithuk/local-kms")
                .directory(GO.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("GOPROXY", "off"); // a test does not use the Internet
        var build = builder.start();
        boolean ended = build.waitFor(BUILD_MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            build.destroyForcibly();
        }
        assume(
                "local-kms",
                ended && build.exitValue() == 0,
                "local-kms cannot be built; 'go mod download' in sts-kms-aws/" + GO + " gets its modules: "
                        + Files.readString(log));
        var seeds = Files.writeString(folder.resolve("seed.yaml"), seed);
        int port = freePort();
        return start(
                folder,
                List.of(program.toString()),
                Map.of(
                        "PORT", Integer.toString(port),
                        "KMS_SEED_PATH", seeds.toString(),
                        "KMS_DATA_PATH", folder.resolve("data").toString(),
                        "KMS_REGION", "eu-central-1"),
                port);
    }

    private static RealKms start(Path folder, List<String> command, Map<String, String> variables, int port)
            throws IOException {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile());
        builder.environment().putAll(variables);
        var process = builder.start();
        Await.until("it listens", START, () -> listens(process, port));
        return new RealKms(process, port);
    }

    private static boolean listens(Process process, int port) {
        if (!process.isAlive()) {
            throw new AssertionError("it ended with " + process.exitValue());
        }
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Optional<String> command(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static void assume(String program, boolean present, String missing) {
        var required = List.of(System.getenv().getOrDefault(REQUIRED, "").split("[ ,]+"));
        if (!present && required.contains(program)) {
            throw new AssertionError(missing + ", and " + REQUIRED + " names " + program);
        }
        if (!present) {
            System.err.println("LEFT OUT: " + missing);
        }
        assumeTrue(present, missing);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
