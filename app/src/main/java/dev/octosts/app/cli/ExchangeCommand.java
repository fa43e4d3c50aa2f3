package dev.octosts.app.cli;

import dev.octosts.app.cli.TokenAcquisition.Order;
import dev.octosts.policy.text.SafeText;
import dev.octosts.probers.ExchangeAnswer.Token;
import dev.octosts.probers.Network;
import dev.octosts.probers.RetryBudget;
import dev.octosts.probers.Revocation;
import dev.octosts.probers.ServiceAddress;
import dev.octosts.probers.TokenRevoker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command {@code exchange}: exchanges a workload's token for a GitHub token, and prints it or runs a command with
 * it.
 */
@Command(
        name = "exchange",
        description = "Exchanges a workload's OIDC token for a GitHub token, and prints it or runs a command with it.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:the service refused",
            "2:something is missing or makes no sense",
            "3:no answer, or the service cannot serve now",
            "else:the command's own status"
        })
public final class ExchangeCommand implements Callable<Integer> {

    private static final String END_OF_OPTIONS = "--";
    private static final RetryBudget REVOCATION = RetryBudget.of(Duration.ofSeconds(10));

    @Mixin
    ServiceOptions service = new ServiceOptions();

    @Mixin
    RequestedGrantOptions subset = new RequestedGrantOptions();

    @Mixin
    TimeoutOption timeout = new TimeoutOption();

    @Mixin
    TokenOptions token = new TokenOptions();

    @Option(
            names = "--print",
            paramLabel = "token|env|json",
            description = "What to print without a command: the token alone (the default), lines for an environment"
                    + " file, or JSON with the expiry.")
    @Nullable
    TokenFormat print;

    @Parameters(
            paramLabel = "-- COMMAND",
            arity = "0..*",
            description = "Run this with GITHUB_TOKEN and GH_TOKEN set, then revoke the token.")
    List<String> command = List.of();

    @Spec
    @Nullable
    CommandSpec spec;

    private final CommandEnvironment surroundings;

    public ExchangeCommand() {
        this(CommandEnvironment.ofThisProcess());
    }

    ExchangeCommand(CommandEnvironment surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        var terminal = Terminal.of(spec);
        try {
            checkCommand(terminal.arguments());
            var order = order();
            var gitHub = service.gitHub(surroundings);
            try (var network = TokenAcquisition.network(surroundings, terminal.userAgent())) {
                var gained = new TokenAcquisition(surroundings, network).token(token, order);
                if (command.isEmpty()) {
                    terminal.out().println((print == null ? TokenFormat.token : print).text(gained));
                    terminal.out().flush();
                    return ExitCode.OK;
                }
                return run(gained, gitHub, network, terminal);
            }
        } catch (CommandFailure stop) {
            return stop.tell(terminal.err());
        }
    }

    private Order order() throws CommandFailure {
        var scope = service.scope(surroundings);
        if (scope.isEmpty()) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    "--scope is missing: owner/repository, or owner for all of it (or OCTOSTS_SCOPE)");
        }
        return new Order(
                service.service(surroundings),
                scope.get(),
                service.identity(surroundings),
                subset.parameters(),
                timeout.patience());
    }

    /** A command must follow {@code --}, so that a typing mistake does not run one. */
    private void checkCommand(List<String> arguments) throws CommandFailure {
        int end = arguments.indexOf(END_OF_OPTIONS);
        var behind = end < 0 ? List.<String>of() : arguments.subList(end + 1, arguments.size());
        if (command.size() > behind.size()) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    "there is an argument without an option's name",
                    "next: a command to run stands behind --, such as: octo-sts exchange --scope o/r … -- gh issue list");
        }
        if (end >= 0 && behind.isEmpty()) {
            throw new CommandFailure(CommandFailure.USAGE, "there is no command behind --");
        }
        if (print != null && !command.isEmpty()) {
            throw new CommandFailure(
                    CommandFailure.USAGE, "--print and a command exclude each other: the command gets the token");
        }
    }

    private int run(Token gained, ServiceAddress gitHub, Network network, Terminal terminal)
            throws CommandFailure, InterruptedException {
        try (var signals = ForwardedSignals.catchThem()) {
            try {
                return new ChildCommand(command, Map.of("GITHUB_TOKEN", gained.value(), "GH_TOKEN", gained.value()))
                        .run(signals);
            } finally {
                var revocation = new TokenRevoker(gitHub, network, REVOCATION).revoke(gained);
                if (revocation instanceof Revocation.Failed(var reason)) {
                    terminal.err()
                            .println("octo-sts: the token was not revoked and lives"
                                    + gained.expiry()
                                            .map(expiry -> " until " + expiry)
                                            .orElse(" for up to an hour")
                                    + ": " + SafeText.line(reason));
                    terminal.err().flush();
                }
            }
        }
    }
}
