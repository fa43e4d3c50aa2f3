package dev.octosts.app.cli;

import dev.octosts.app.settings.GoValues;
import dev.octosts.probers.IdentityTokenSource;
import dev.octosts.probers.Network;
import dev.octosts.probers.RetryBudget;
import dev.octosts.probers.StsClient;
import dev.octosts.probers.TokenRevoker;
import dev.octosts.probers.load.LoadGenerator;
import dev.octosts.probers.load.LoadPlan;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code load}: makes exchanges at a given rate and measures them. */
@Command(
        name = "load",
        description =
                "Makes exchanges at a given rate, whether or not those before are done, and measures how long each"
                        + " waits; every token is revoked.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "octo-sts load --url http://localhost:8080 --scope octo-org/octo-repo --identity ci \\",
            "    --token-file token --rate 200 --duration 1m",
            "octo-sts load --url https://sts.example.com --allow-remote --scope octo-org/octo-repo \\",
            "    --identity ci --google --rate 5 --error-budget 1 --json"
        },
        exitCodeList = {
            "0:done, within the error budget",
            "1:more failed than the error budget allows",
            "2:something is missing or makes no sense"
        })
public final class LoadCommand implements Callable<Integer> {

    private static final RetryBudget REVOCATION = RetryBudget.of(Duration.ofSeconds(10));
    private static final double PERCENT = 100;

    @Mixin
    ServiceOptions service = new ServiceOptions();

    @Mixin
    TimeoutOption timeout = new TimeoutOption();

    @Mixin
    TokenOptions token = new TokenOptions();

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "10",
            description = "Exchanges a second; ${DEFAULT-VALUE} when not given.")
    double rate = 10;

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            defaultValue = "30s",
            description = "How long; ${DEFAULT-VALUE} when not given.")
    String duration = "30s";

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "64",
            description = "How many may be under way at a time; ${DEFAULT-VALUE} when not given.")
    int concurrency = 64;

    @Option(
            names = "--error-budget",
            paramLabel = "PERCENT",
            defaultValue = "0",
            description = "How many exchanges may fail; ${DEFAULT-VALUE} when not given.")
    double errorBudget;

    @Option(
            names = "--allow-remote",
            description = "Load a service that is not on this machine. Ask who runs it, and mind GitHub's limits: each"
                    + " exchange costs calls there.")
    boolean allowRemote;

    @Mixin
    TextOrJson format = new TextOrJson();

    @Spec
    @Nullable
    CommandSpec spec;

    private final CommandEnvironment environment;

    public LoadCommand() {
        this(CommandEnvironment.ofThisProcess());
    }

    LoadCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var terminal = Terminal.of(spec);
        try (var network = TokenAcquisition.network(environment, terminal.userAgent());
                var _ = ShutdownCleanup.ofThisThread()) {
            return run(network, terminal);
        } catch (CommandFailure stop) {
            return stop.tell(terminal);
        } catch (InterruptedException _) {
            return CommandFailure.REFUSED; // the process was asked to end; all tokens were given back
        }
    }

    private int run(Network network, Terminal terminal) throws CommandFailure, InterruptedException {
        var address = service.service(environment);
        if (!address.isLoopback() && !allowRemote) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    address + " is not on this machine: ask who runs it, then give --allow-remote");
        }
        if (!(errorBudget >= 0 && errorBudget <= PERCENT)) {
            throw new CommandFailure(CommandFailure.USAGE, "--error-budget: give a percentage from 0 to 100");
        }
        var plan = plan();
        var subject = new LoadGenerator.Subject(
                new StsClient(
                        address, network, RetryBudget.once(timeout.retries().oneTry())),
                new TokenRevoker(service.gitHub(environment), network, REVOCATION),
                source(network),
                token.audience(environment, address.host()),
                scope(),
                service.identity(environment));
        var report = LoadGenerator.run(subject, plan, line -> {
            terminal.err().println(line);
            terminal.err().flush();
        });
        terminal.out()
                .println(
                        switch (format.format()) {
                            case text -> report.lines();
                            case json -> report.json().toString();
                        });
        terminal.out().flush();
        return report.errorRate() * PERCENT > errorBudget ? CommandFailure.REFUSED : ExitCode.OK;
    }

    private String scope() throws CommandFailure {
        return service.scope(environment)
                .orElseThrow(() -> new CommandFailure(
                        CommandFailure.USAGE,
                        "--scope is missing: owner/repository, or owner for all of it (or OCTOSTS_SCOPE)"));
    }

    private IdentityTokenSource source(Network network) throws CommandFailure {
        return ProbeTargetOptions.supply(environment, token, network).over(network);
    }

    private LoadPlan plan() throws CommandFailure {
        try {
            return new LoadPlan(rate, GoValues.duration(duration), concurrency);
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(CommandFailure.USAGE, String.valueOf(wrong.getMessage()));
        }
    }
}
