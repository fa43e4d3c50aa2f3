package dev.octosts.sandbox.process;

import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.github.GitHubApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The service, set up as an operator would for the sandbox's GitHub: its files and its environment. */
public final class Deployment implements AutoCloseable {
    /** The audience that tokens for this service have. */
    public static final String DOMAIN = "sts.octo-org.example";

    private final Path folder;
    private final Path authority;
    private final Service service;
    private boolean kept;
    private boolean killed;

    private Deployment(Path folder, Path authority, Service service) {
        this.folder = folder;
        this.authority = authority;
        this.service = service;
    }

    /** Starts the service as an App of the sandbox; it is not ready at once. */
    public static Deployment start(Launcher launcher, Sandbox sandbox, GitHubApp app, int port) {
        return start(launcher, sandbox, app, port, Map.of());
    }

    /** As {@link #start(Launcher, Sandbox, GitHubApp, int)}, with more variables of its environment. */
    public static Deployment start(
            Launcher launcher, Sandbox sandbox, GitHubApp app, int port, Map<String, String> more) {
        return start(launcher, sandbox, app, port, _ -> more);
    }

    /**
     * As {@link #start(Launcher, Sandbox, GitHubApp, int)}, with more variables of its environment.
     *
     * @param more the variables, for a service whose files are in the given folder
     */
    public static Deployment start(
            Launcher launcher, Sandbox sandbox, GitHubApp app, int port, Function<Path, Map<String, String>> more) {
        try {
            var folder = Files.createTempDirectory("octo-sts-sandbox-");
            var authority = sandbox.authority().writePem(folder.resolve("ca.pem"));
            var key = Files.writeString(folder.resolve("app.pem"), app.pkcs1Pem());
            var variables = new HashMap<>(Map.of(
                    "PORT", Integer.toString(port),
                    "STS_DOMAIN", DOMAIN,
                    "GITHUB_APP_IDS", Long.toString(app.id()),
                    "APP_SECRET_CERTIFICATE_FILE", key.toString(),
                    "GITHUB_BASE_URL", sandbox.github().baseUri().toString(),
                    "SSL_CERT_FILE", authority.toString(),
                    "OCTOSTS_ISSUER_ALLOW_LOOPBACK", "true",
                    "OCTOSTS_REFUSAL_DETAIL", "all",
                    "METRICS", "true"));
            variables.putAll(more.apply(folder));
            return new Deployment(
                    folder, authority, Service.start(launcher, port, variables, folder.resolve("service.log")));
        } catch (IOException unwritable) {
            throw new SandboxException("cannot write to the temporary folder: " + unwritable.getMessage(), unwritable);
        }
    }

    public Service service() {
        return service;
    }

    /** The file with the authority's certificate, for curl. */
    public Path authority() {
        return authority;
    }

    /** Keeps the log file when this is closed: it may contain the cause of a failure. */
    public void keepLog() {
        kept = true;
    }

    /** Kills the service in the midst of what it does, and removes its files. */
    public void kill() {
        killed = true;
        service.kill();
        close();
    }

    @Override
    public void close() {
        // The log of a service that ended by itself may contain the cause.
        boolean logged = kept || (!killed && !service.process().isAlive());
        service.close();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .filter(file -> !logged || (!file.equals(folder) && !file.equals(service.log())))
                    .forEach(Deployment::delete);
        } catch (IOException | UncheckedIOException leftBehind) {
            // It is a temporary folder: the system removes it.
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
