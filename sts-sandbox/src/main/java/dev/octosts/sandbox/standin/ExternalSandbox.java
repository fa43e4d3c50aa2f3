package dev.octosts.sandbox.standin;

import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.github.GitHubApp;
import dev.octosts.sandbox.github.Installation;
import dev.octosts.sandbox.process.Deployment;
import dev.octosts.sandbox.process.SandboxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/**
 * A GitHub and an issuer without a service in front of them, for a deployment that is started elsewhere. It has two
 * Apps with one key on the organization of the demonstration, and a folder with the files that an operator would get
 * from GitHub.
 */
final class ExternalSandbox implements AutoCloseable {

    /** A policy whose grants have to stay with one App. */
    static final String CHECKS = "checks";

    private static final int PLENTY = 100_000_000;

    private final Sandbox sandbox;
    private final Installation installation;
    private final Path folder;

    private ExternalSandbox(Sandbox sandbox, Installation installation, Path folder) {
        this.sandbox = sandbox;
        this.installation = installation;
        this.folder = folder;
    }

    /**
     * Starts them, and writes the files for reaching them into the folder.
     *
     * @param distance how long GitHub takes to mint a token for a caller
     */
    static ExternalSandbox start(Path folder, Duration distance) {
        var sandbox = Sandbox.start();
        try {
            var world = DemoWorld.in(sandbox);
            var second = sandbox.github().appWithKeyOf(world.app(), "octo-sts-sandbox-2");
            var organization = sandbox.github().organization(DemoWorld.OWNER);
            sandbox.github().install(second, organization).rateLimit().remaining(PLENTY);
            world.installation().rateLimit().remaining(PLENTY);
            sandbox.github().enforceRateLimits(false);
            if (distance.isPositive()) {
                var _ = sandbox.github().fault(Calls.finalMint(), Faults.delay(distance));
            }
            world.repository().put(DemoWorld.policyFile(CHECKS), policy(world));
            write(folder, sandbox, world, second);
            return new ExternalSandbox(sandbox, world.installation(), folder);
        } catch (IOException unwritable) {
            sandbox.close();
            throw new SandboxException("cannot write to " + folder + ": " + unwritable.getMessage(), unwritable);
        }
    }

    Path environment() {
        return folder.resolve("environment");
    }

    Sandbox sandbox() {
        return sandbox;
    }

    /** The installation of the first App. */
    Installation installation() {
        return installation;
    }

    private static String policy(DemoWorld world) {
        return """
                # Several workflows make check runs and change them again.
                issuer: %s
                subject_pattern: repo:octo-org/octo-repo:environment:[a-z0-9-]+
                permissions:
                  checks: write
                  contents: read
                """.formatted(world.issuer().url());
    }

    private static void write(Path folder, Sandbox sandbox, DemoWorld world, GitHubApp second) throws IOException {
        Files.createDirectories(folder);
        var authority = sandbox.authority().writePem(folder.resolve("ca.pem"));
        var key = folder.resolve("app.pem");
        Files.deleteIfExists(key);
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, world.app().pkcs1Pem());
        // Written last: a process that waits for it finds the other files.
        var unfinished = Files.writeString(folder.resolve("environment.new"), """
                STS_DOMAIN=%s
                GITHUB_APP_IDS=%d,%d
                APP_SECRET_CERTIFICATE_FILE=%s
                GITHUB_BASE_URL=%s
                SSL_CERT_FILE=%s
                OCTOSTS_ISSUER_ALLOW_LOOPBACK=true
                SANDBOX_ISSUER=%s
                """.formatted(
                        Deployment.DOMAIN,
                        world.app().id(),
                        second.id(),
                        key.toAbsolutePath(),
                        sandbox.github().baseUri(),
                        authority.toAbsolutePath(),
                        world.issuer().url()));
        Files.move(unfinished, folder.resolve("environment"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Leaves the list of minted tokens in the folder. */
    @Override
    public void close() {
        try {
            Files.write(
                    folder.resolve("tokens.tsv"),
                    sandbox.github().mintedTokens().stream()
                            .map(TokenLedger::line)
                            .toList());
        } catch (IOException unwritable) {
            throw new SandboxException("cannot write to " + folder + ": " + unwritable.getMessage(), unwritable);
        } finally {
            sandbox.close();
        }
    }
}
