package dev.octosts.sandbox.bench;

import dev.octosts.sandbox.process.Launcher;
import dev.octosts.sandbox.process.SandboxException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
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
        showDefaultValues = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./octo-sts bench --seconds 5 --connections 1,16",
            "  ./octo-sts bench --soak --json=soak.json",
            "  ./octo-sts bench --audit durable --connections 16 --rate 500",
            "  ./octo-sts bench --scale=claims,patterns",
            "  ./octo-sts bench --set OCTOSTS_READ_TOKENS=shared"
        })
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

    @Option(
            names = "--audit",
            paramLabel = "off|async|durable",
            description =
                    "Instead: what records of exchanges cost, in turns with a service without a database. Takes the"
                            + " database of OCTOSTS_DB_URL, OCTOSTS_DB_USER and OCTOSTS_DB_PASSWORD, which keeps the records, or"
                            + " starts a PostgreSQL of its own.")
    Audit audit = Audit.off;

    @Option(
            names = "--scale",
            split = ",",
            arity = "0..1",
            fallbackValue = "installations,policies,organizations,claims,patterns,replicas",
            paramLabel = "WORK",
            description =
                    "Instead: what an exchange costs when there is more of these: ${COMPLETION-CANDIDATES}. Every one"
                            + " without WORK, which takes about an hour.")
    List<Scale.Work> scale = List.of();

    @Option(names = "--turns", paramLabel = "N", description = "With --audit: how often both are measured.")
    int turns = 5;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description =
                    "With --audit: exchanges a second, on all connections together; 0 for as many as there can be.")
    int rate;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A variable of the service, to see what a setting costs; for several, repeat the option.")
    Map<String, String> settings = Map.of();

    @Option(names = "--format", paramLabel = "text|json", description = "A table for people, or JSON for programs.")
    Format format = Format.text;

    @Option(
            names = "--json",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "FILE",
            description = "The same as --format json; with FILE, also write the results there.")
    @Nullable
    String json;

    /** OCTOSTS_AUDIT of the service. */
    enum Audit {
        off,
        async,
        durable
    }

    /** The formats of the results. */
    enum Format {
        text,
        json
    }

    public BenchCommand() {}

    @Override
    public Integer call() {
        check();
        var launcher = Launcher.ofThisProcess().with(settings);
        if (soak) {
            return soak(launcher);
        }
        var plan = new Bench.Plan(repositories, warmup, Duration.ofSeconds(seconds), List.copyOf(connections), delay);
        if (!scale.isEmpty()) {
            return scale(launcher, plan);
        }
        if (audit != Audit.off) {
            return audit(launcher, plan);
        }
        var results = Bench.run(launcher, plan);
        var report = new Report(results);
        tell(report::print, report.json());
        return results.errors() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private int audit(Launcher launcher, Bench.Plan plan) {
        var results = AuditCost.run(launcher, plan, audit.name(), turns, new Load.Rate(rate));
        tell(results::print, results.json());
        return results.errors() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private int scale(Launcher launcher, Bench.Plan plan) {
        var results = ScaleResults.run(launcher, plan, scale);
        tell(results::print, results.json());
        return results.errors() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private int soak(Launcher launcher) {
        var results = Soak.run(launcher);
        tell(results::print, results.json());
        return results.errors() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void check() {
        positive("--seconds", seconds);
        positive("--warmup", warmup);
        positive("--repositories", repositories);
        positive("--turns", turns);
        for (int number : connections) {
            positive("--connections", number);
            if (number > MOST_CONNECTIONS) {
                throw new SandboxException("--connections: at most " + MOST_CONNECTIONS);
            }
        }
        notNegative("--delay", delay);
        notNegative("--rate", rate);
    }

    private static void positive(String option, int value) {
        if (value <= 0) {
            throw new SandboxException(option + ": must be positive");
        }
    }

    private static void notNegative(String option, int value) {
        if (value < 0) {
            throw new SandboxException(option + ": must not be negative");
        }
    }

    private void tell(Consumer<PrintStream> table, String text) {
        boolean named = json != null && !json.isEmpty();
        if (format == Format.json || (json != null && !named)) {
            System.out.println(text);
        } else {
            table.accept(System.out);
        }
        if (named) {
            write(text);
        }
    }

    private void write(String text) {
        try {
            Files.writeString(Path.of(String.valueOf(json)), text);
        } catch (IOException | InvalidPathException unwritable) {
            throw new SandboxException("--json: the file cannot be written", unwritable);
        }
    }
}
