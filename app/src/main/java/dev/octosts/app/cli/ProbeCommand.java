package dev.octosts.app.cli;

import dev.octosts.app.settings.GoValues;
import dev.octosts.policy.text.SafeText;
import dev.octosts.probers.Network;
import dev.octosts.probers.probe.ProbeReport;
import dev.octosts.probers.probe.ProbeServer;
import dev.octosts.probers.probe.Prober;
import dev.octosts.probers.probe.ReportText;
import dev.octosts.probers.probe.Round;
import dev.octosts.probers.probe.RoundTally;
import dev.octosts.probers.probe.Rounds;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command {@code probe}: checks from outside that a service grants and refuses as it should, once or continuously.
 */
@Command(
        name = "probe",
        description = "Checks from outside that a service grants what it should and nothing else; docs/probers.md says"
                + " how.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "octo-sts probe --url https://sts.example.com --scope octo-org/prober --identity prober \\",
            "    --token-file /var/run/secrets/tokens/octo-sts",
            "PORT=8080 AUTHORIZATION=... STS_DOMAIN=sts.example.com PROBER_SCOPE=octo-org/prober \\",
            "    PROBER_IDENTITY=prober octo-sts probe --serve"
        },
        exitCodeList = {"0:every check passed", "1:a check failed", "2:something is missing or makes no sense"})
public final class ProbeCommand implements Callable<Integer> {

    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(10);
    private static final int MOST_PORTS = 65_535;

    @Mixin
    ServiceOptions service = new ServiceOptions();

    @Mixin
    TokenOptions token = new TokenOptions();

    @Mixin
    ProbeTargetOptions checks = new ProbeTargetOptions();

    @Option(
            names = "--only",
            paramLabel = "positive|negative|stranger",
            description = "One round alone: what must be granted, what must be refused, or (stranger) that this very"
                    + " workload is refused. Positive and negative when not given.")
    @Nullable
    String only;

    @Option(
            names = "--format",
            paramLabel = "text|json",
            description = "For people, or for programs, one line a round; text when not given, and json with --serve.")
    @Nullable
    Format format;

    @Option(
            names = "--serve",
            description =
                    "Go on, as a service on PORT: rounds by the clock, and for who sends AUTHORIZATION as header of"
                            + " that name; /metrics and /health for everybody.")
    boolean serve;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            defaultValue = "5m",
            description = "With --serve: the pause between rounds; ${DEFAULT-VALUE} when not given, 0 for none by the"
                    + " clock.")
    String every = "5m";

    @Option(
            names = "--unready-after",
            paramLabel = "N",
            defaultValue = "3",
            description = "With --serve: so many failures in a row make /health fail; ${DEFAULT-VALUE} when not given.")
    int unreadyAfter = 3;

    @Spec
    @Nullable
    CommandSpec spec;

    private final CommandEnvironment environment;

    /** The formats of a report. */
    enum Format {
        text,
        json
    }

    public ProbeCommand() {
        this(CommandEnvironment.ofThisProcess());
    }

    ProbeCommand(CommandEnvironment environment) {
        this.environment = ProbeTargetOptions.ProberEnvironment.in(environment);
    }

    @Option(names = "--json", description = "The same as --format json.")
    void json(boolean wanted) {
        format = wanted ? Format.json : format;
    }

    @Override
    public Integer call() {
        var terminal = Terminal.of(spec);
        try (var network = TokenAcquisition.network(environment, terminal.userAgent())) {
            return serve ? serve(network, terminal) : once(network, terminal);
        } catch (CommandFailure stop) {
            return stop.tell(terminal);
        } catch (InterruptedException _) {
            return CommandFailure.REFUSED; // the process was asked to end; all tokens were given back
        }
    }

    private int once(Network network, Terminal terminal) throws CommandFailure, InterruptedException {
        var print = printer(terminal, format == null ? Format.text : format);
        var rounds = rounds();
        var prober = prober(network);
        boolean passed = true;
        try (var _ = ShutdownCleanup.ofThisThread()) {
            for (Round round : rounds) {
                var report = prober.probe(round);
                print.accept(report);
                passed &= report.isPassed();
            }
        }
        return passed ? ExitCode.OK : CommandFailure.REFUSED;
    }

    private int serve(Network network, Terminal terminal) throws CommandFailure, InterruptedException {
        var pause = pause();
        var access = access();
        int port = port();
        var address = service.service(environment);
        var tally = new RoundTally(rounds());
        var prober = prober(network);
        var log = ProbeLog.start();
        Consumer<ProbeReport> listener = tally::count;
        var rounds = new Rounds(
                prober,
                tally.rounds(),
                listener.andThen(format == Format.text ? printer(terminal, Format.text) : log::round));
        try (var _ = ShutdownCleanup.ofThisThread();
                rounds;
                var _ = listen(rounds, tally, access, port)) {
            log.serving(address, port);
            if (pause.isPositive()) {
                rounds.every(pause);
            }
            new CountDownLatch(1).await(); // until the process is asked to stop
            return ExitCode.OK;
        }
    }

    private static ProbeServer listen(Rounds rounds, RoundTally tally, ProbeServer.ProbeAccess access, int port)
            throws CommandFailure {
        try {
            return ProbeServer.start(rounds, tally, access, port);
        } catch (UncheckedIOException taken) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    "PORT: cannot listen on port " + port
                            + ", another program uses it or this user may not; give another one");
        }
    }

    private Prober prober(Network network) throws CommandFailure {
        return new Prober(checks.target(environment, service, token, network), network, environment.clock());
    }

    private List<Round> rounds() throws CommandFailure {
        if (only == null) {
            return List.of(Round.POSITIVE, Round.NEGATIVE);
        }
        for (var round : Round.values()) {
            if (round.toString().equals(only)) {
                return List.of(round);
            }
        }
        throw new CommandFailure(CommandFailure.USAGE, "--only: give positive, negative or stranger");
    }

    private static Consumer<ProbeReport> printer(Terminal terminal, Format format) {
        return switch (format) {
            case text -> report -> print(terminal, ReportText.lines(report));
            case json ->
                report -> print(terminal, SafeText.json(ReportText.json(report).toString()));
        };
    }

    private static void print(Terminal terminal, String text) {
        terminal.out().println(text);
        terminal.out().flush();
    }

    private Duration pause() throws CommandFailure {
        try {
            var pause = GoValues.duration(every);
            if (pause.isZero() || pause.compareTo(SHORTEST_PAUSE) >= 0) {
                return pause;
            }
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(CommandFailure.USAGE, "--every: " + wrong.getMessage());
        }
        throw new CommandFailure(CommandFailure.USAGE, "--every: give at least 10s, or 0 for none by the clock");
    }

    private ProbeServer.ProbeAccess access() throws CommandFailure {
        var secret = environment.variables().getOrDefault("AUTHORIZATION", "");
        if (secret.isEmpty()) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    "AUTHORIZATION is not set: what callers must send as header of that name to have a round made");
        }
        if (unreadyAfter < 1) {
            throw new CommandFailure(CommandFailure.USAGE, "--unready-after: give at least 1");
        }
        return new ProbeServer.ProbeAccess(secret, unreadyAfter);
    }

    private int port() throws CommandFailure {
        var text = environment
                .given("PORT", null, "PORT")
                .map(CommandEnvironment.GivenValue::value)
                .orElse("8080");
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST_PORTS) {
            throw new CommandFailure(CommandFailure.USAGE, "PORT: this is not a port; give a number from 1 to 65535");
        }
        return Integer.parseInt(text);
    }
}
