package dev.octosts.sandbox.process;

import dev.octosts.sandbox.client.HttpCall;
import dev.octosts.sandbox.client.HttpConnection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The running service. */
public final class Service implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);
    private static final Duration TO_STOP = Duration.ofSeconds(30);
    private static final int LINES_SHOWN = 8;

    private final Process process;
    private final URI address;
    private final Path log;
    private final Instant started = Instant.now();

    private Service(Process process, URI address, Path log) {
        this.process = process;
        this.address = address;
        this.log = log;
    }

    /** Starts it; it is not ready at once. */
    public static Service start(Launcher launcher, int port, Map<String, String> variables, Path log) {
        return new Service(launcher.serve(variables, log), URI.create("http://localhost:" + port), log);
    }

    /** The address that it listens on, without a path. */
    public URI address() {
        return address;
    }

    public Path log() {
        return log;
    }

    /** The process that serves: the launcher replaces itself. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /**
     * Waits until the service says that it is ready.
     *
     * @return how long it took from the start
     * @throws SandboxException when it ends instead, or takes more than a minute
     */
    public Duration awaitReady() {
        while (!ready()) {
            if (!process.isAlive()) {
                throw new SandboxException("the service ended with status " + process.exitValue()
                        + " before it was ready:\n" + lastLines());
            }
            if (sinceStart().compareTo(PATIENCE) > 0) {
                throw new SandboxException(
                        "the service was not ready within " + PATIENCE.toSeconds() + " s:\n" + lastLines());
            }
            pause();
        }
        return sinceStart();
    }

    private boolean ready() {
        try {
            var health = HttpCall.get(address.resolve("/health/ready"), "");
            return HttpConnection.call(health, null).status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private Duration sinceStart() {
        return Duration.between(started, Instant.now());
    }

    /** Waits for the process; returns when it has ended, or was interrupted. */
    private void pause() {
        try {
            var _ = process.waitFor(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SandboxException("interrupted while the service was starting", interrupted);
        }
    }

    private String lastLines() {
        try {
            var lines = Files.readAllLines(log);
            var last = lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size());
            return "  " + String.join("\n  ", last) + "\n  (all of it: " + log + ")";
        } catch (IOException unreadable) {
            return "  (its log cannot be read: " + log + ")";
        }
    }

    /** Kills it in the midst of what it does. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks it to stop, and kills it after a while. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(TO_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
