package dev.octosts.sandbox.bench;

import dev.octosts.sandbox.process.Launcher;
import dev.octosts.sandbox.process.SandboxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Measures, prints a table, and fails when an exchange failed. */
@Command(
        name = "bench",
        description = "Measures exchanges: the service in one process; GitHub (over TLS), the issuer and the callers in"
                + " another.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true)
public final class BenchCommand implements Callable<Integer> {
    private static final int MOST_CONNECTIONS = 256;

    @Option(names = "--seconds", paramLabel = "N", description = "How long each measurement lasts.")
    int seconds = 10;

    @Option(names = "--warmup", paramLabel = "N", description = "Exchanges before the first measurement.")
    int warmup = 150_000;

    @Option(
            names = "--connections",
            paramLabel = "N",
            split = ",",
            description = "Connections at once, one measurement for each number.")
    List<Integer> connections = List.of(1, 16);

    @Option(names = "--repositories", paramLabel = "N", description = "Repositories, each with a policy of its own.")
    int repositories = 200;

    @Option(names = "--delay", paramLabel = "MS", description = "How far away GitHub is for the cold exchanges.")
    int delay = 50;

    @Option(names = "--soak", description = "Instead: newcomers for up to two minutes, and what memory they leave.")
    boolean soak;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the results to this file.")
    @Nullable
    Path json;

    public BenchCommand() {}

    @Override
    public Integer call() {
        check();
        var launcher = Launcher.ofThisProcess();
        if (soak) {
            return soak(launcher);
        }
        var plan = new Bench.Plan(repositories, warmup, Duration.ofSeconds(seconds), List.copyOf(connections), delay);
        var results = Bench.run(launcher, plan);
        new Report(results).print(System.out);
        write(new Report(results).json());
        return results.errors() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private int soak(Launcher launcher) {
        var results = Soak.run(launcher);
        results.print(System.out);
        write(results.json());
        return results.errors() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void check() {
        positive("--seconds", seconds);
        positive("--warmup", warmup);
        positive("--repositories", repositories);
        for (int number : connections) {
            positive("--connections", number);
            if (number > MOST_CONNECTIONS) {
                throw new SandboxException("--connections: at most " + MOST_CONNECTIONS);
            }
        }
        if (delay < 0) {
            throw new SandboxException("--delay: must not be negative");
        }
    }

    private static void positive(String option, int value) {
        if (value <= 0) {
            throw new SandboxException(option + ": must be positive");
        }
    }

    private void write(String text) {
        if (json == null) {
            return;
        }
        try {
            Files.writeString(json, text);
        } catch (IOException unwritable) {
            throw new SandboxException("--json: cannot write " + json, unwritable);
        }
    }
}
