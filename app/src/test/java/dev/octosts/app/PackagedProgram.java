package dev.octosts.app;

import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The program as the build packages it, on the module path, in a process of its own. */
final class PackagedProgram implements AutoCloseable {

    private static final long START_SECONDS = 120;
    private static final Path LAUNCHER =
            Path.of("target", "octo-sts", "bin", "octo-sts").toAbsolutePath();
    private static final Path CACHE = Path.of("target", "octo-sts", "cache", "service.aot");
    private static final Path LIBRARIES = Path.of("target", "octo-sts", "lib").toAbsolutePath();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final Path output;
    private final int port;

    private PackagedProgram(Process process, Path output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    static PackagedProgram start(Path folder, Map<String, String> variables) {
        try {
            return start(folder, freePort(), variables);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static PackagedProgram start(Path folder, int port, Map<String, String> variables) throws IOException {
        return start(folder, port, variables, command("serve"));
    }

    /** The program as it is shipped, with its caches of classes: it starts twice as fast as without. */
    static List<String> command(String... arguments) {
        Stream<String> program = Files.isRegularFile(CACHE)
                ? Stream.of(LAUNCHER.toString())
                : Stream.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx160m",
                        "-p",
                        LIBRARIES.toString(),
                        "-m",
                        "dev.octosts.app/dev.octosts.app.Main");
        return Stream.concat(program, Stream.of(arguments)).toList();
    }

    /** By a command of its own, which ends in {@code serve}. */
    static PackagedProgram start(Path folder, int port, Map<String, String> variables, List<String> command)
            throws IOException {
        var output = Files.createTempFile(folder, "output", ".log");
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("OCTOSTS_") || name.startsWith("GITHUB_"));
        builder.environment().put("STATE_DIRECTORY", folder.toAbsolutePath().toString());
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().putAll(variables);
        var process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new PackagedProgram(process, output, port);
    }

    /** What the program needs to serve a sandbox's organization; a test may add to it. */
    static Map<String, String> variables(Sandbox sandbox, DemoWorld world, String domain, Path folder)
            throws IOException {
        var variables = new HashMap<String, String>();
        variables.put("STS_DOMAIN", domain);
        variables.put("GITHUB_APP_IDS", Long.toString(world.app().id()));
        variables.put("APP_SECRET_CERTIFICATE_ENV_VAR", world.app().pkcs1Pem());
        variables.put("GITHUB_BASE_URL", sandbox.github().baseUri().toString());
        variables.put(
                "SSL_CERT_FILE",
                sandbox.authority().writePem(folder.resolve("ca.pem")).toString());
        variables.put("OCTOSTS_ISSUER_ALLOW_LOOPBACK", "true");
        return variables;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Waits until callers may come. */
    PackagedProgram ready() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                if (get("/health/ready").statusCode() == 200) {
                    return this;
                }
            } catch (IOException _) {
                // not listening yet
            }
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        throw new IllegalStateException("the program did not become ready:\n" + output());
    }

    /** Waits for the end of a program that does not start. */
    int exitStatus() throws InterruptedException {
        if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the program did not end:\n" + said());
        }
        return process.exitValue();
    }

    private String said() {
        try {
            return output();
        } catch (IOException unreadable) {
            return "(its output cannot be read: " + unreadable.getMessage() + ")";
        }
    }

    HttpResponse<String> get(String pathAndQuery, String... headers) throws IOException, InterruptedException {
        return send("GET", pathAndQuery, headers);
    }

    HttpResponse<String> send(String method, String pathAndQuery, String... headers)
            throws IOException, InterruptedException {
        return send(method, HttpRequest.BodyPublishers.noBody(), pathAndQuery, headers);
    }

    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        return send("POST", HttpRequest.BodyPublishers.ofString(body), path, headers);
    }

    private HttpResponse<String> send(
            String method, HttpRequest.BodyPublisher body, String pathAndQuery, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + pathAndQuery))
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    int port() {
        return port;
    }

    Process process() {
        return process;
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
