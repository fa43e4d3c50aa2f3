package dev.octosts.app.cli;

import dev.octosts.app.cli.TokenAcquisition.Order;
import dev.octosts.app.cli.usage.MaskedText;
import dev.octosts.policy.text.SafeText;
import dev.octosts.probers.ExchangeAnswer.Token;
import dev.octosts.probers.Network;
import dev.octosts.probers.RetryBudget;
import dev.octosts.probers.ServiceAddress;
import dev.octosts.probers.TokenRevoker;
import dev.octosts.probers.TokenRevoker.RevocationResult;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
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
        footer = {
            "octo-sts exchange --url https://sts.example.com --scope octo-org/octo-repo \\",
            "    --identity ci --token-file token -- gh issue list --repo octo-org/octo-repo",
            "octo-sts exchange --url https://sts.example.com --scope octo-org/octo-repo \\",
            "    --identity ci --github-actions --permissions contents=read"
        },
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

    @Option(names = "--grpc", description = "Ask over gRPC instead of HTTP; not for a part of the grant.")
    boolean grpc;

    @Option(
            names = {"--format", "--print"},
            paramLabel = "token|env|json",
            description = "What to print without a command: the token alone (the default), lines for an environment"
                    + " file, or JSON with the expiry.")
    @Nullable
    TokenFormat format;

    @Parameters(
            paramLabel = "-- COMMAND",
            arity = "0..*",
            description = "Run this with GITHUB_TOKEN and GH_TOKEN set, then revoke the token.")
    List<String> command = List.of();

    @Spec
    @Nullable
    CommandSpec spec;

    private final CommandEnvironment environment;

    public ExchangeCommand() {
        this(CommandEnvironment.ofThisProcess());
    }

    ExchangeCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Option(names = "--json", description = "The same as --format json.")
    void json(boolean wanted) {
        format = wanted ? TokenFormat.json : format;
    }

    @Override
    public Integer call() throws InterruptedException {
        var terminal = Terminal.of(spec);
        try {
            checkCommand(terminal.arguments());
            var order = order();
            var gitHub = service.gitHub(environment);
            try (var network = TokenAcquisition.network(environment, terminal.userAgent())) {
                var gained = new TokenAcquisition(environment, network).token(token, order);
                if (command.isEmpty()) {
                    terminal.out().println((format == null ? TokenFormat.token : format).text(gained));
                    terminal.out().flush();
                    return ExitCode.OK;
                }
                return run(gained, gitHub, network, terminal);
            }
        } catch (CommandFailure stop) {
            return stop.tell(terminal);
        }
    }

    private Order order() throws CommandFailure {
        if (grpc && !subset.parameters().isEmpty()) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    "--grpc cannot ask for a part of the grant: leave out --grpc, or --permissions and --repositories");
        }
        var scope = service.scope(environment);
        if (scope.isEmpty()) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    "--scope is missing: owner/repository, or owner for all of it (or OCTOSTS_SCOPE)");
        }
        return new Order(
                service.service(environment),
                scope.get(),
                service.identity(environment),
                subset.parameters(),
                grpc,
                timeout.retries());
    }

    /** A command must follow {@code --}, so that a typing mistake does not run one. */
    private void checkCommand(List<String> arguments) throws CommandFailure {
        int end = arguments.indexOf(END_OF_OPTIONS);
        var behind = end < 0 ? List.<String>of() : arguments.subList(end + 1, arguments.size());
        if (command.size() > behind.size()) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    "there is an argument without an option's name: " + MaskedText.argument(command.getFirst()),
                    "next: a command to run stands behind --, such as: octo-sts exchange --scope o/r … -- gh issue list");
        }
        if (end >= 0 && behind.isEmpty()) {
            throw new CommandFailure(CommandFailure.USAGE, "there is no command behind --");
        }
        if (format != null && !command.isEmpty()) {
            throw new CommandFailure(
                    CommandFailure.USAGE, "--format and a command exclude each other: the command gets the token");
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
                if (revocation instanceof RevocationResult.Failed(var reason)) {
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

    /** A command that runs in place of this process, as far as the caller can see. */
    private static final class ChildCommand {

        // The value that shells use.
        private static final int NOT_EXECUTABLE = 126;
        private static final int NOT_FOUND = 127;

        /** Java passes on the system's reason as text only: EACCES is 13 on all systems that have it. */
        private static final Pattern NOT_ALLOWED = Pattern.compile("error[=:] ?13\\b");

        private final List<String> command;
        private final Map<String, String> variables;

        /** @param variables set in addition to those of this process; secrets */
        ChildCommand(List<String> command, Map<String, String> variables) {
            this.command = List.copyOf(command);
            this.variables = Map.copyOf(variables);
        }

        /**
         * Runs the command on our input and outputs, and returns its status. When a signal ended it, the status is 128
         * plus the signal's number.
         */
        int run(ForwardedSignals signals) throws CommandFailure, InterruptedException {
            var builder = new ProcessBuilder(command).inheritIO();
            builder.environment().putAll(variables);
            try {
                var process = builder.start();
                signals.to(process);
                return process.waitFor();
            } catch (IOException failed) {
                boolean notAllowed =
                        NOT_ALLOWED.matcher(String.valueOf(failed.getMessage())).find();
                throw new CommandFailure(
                        notAllowed ? NOT_EXECUTABLE : NOT_FOUND,
                        "the command cannot be run: " + command.getFirst()
                                + (notAllowed ? " may not be executed" : " was not found"));
            }
        }
    }

    /**
     * The forms in which a token is printed. A token's characters need no quotes in any of these forms: the client
     * checks that.
     */
    enum TokenFormat {
        token,
        env,
        json;

        String text(Token token) {
            return switch (this) {
                case token -> token.value();
                case env -> "GITHUB_TOKEN=" + token.value() + System.lineSeparator() + "GH_TOKEN=" + token.value();
                case json ->
                    "{\"token\":\"" + token.value() + "\",\"expiry\":"
                            + token.expiry().map(expiry -> "\"" + expiry + "\"").orElse("null") + "}";
            };
        }
    }

    /**
     * The options that ask for a part of the grant. A given value is passed on even when it is empty: the service
     * judges it.
     */
    static final class RequestedGrantOptions {

        @Option(
                names = {"--permissions", "--permission"},
                paramLabel = "NAME=LEVEL,...",
                description = "Ask for these permissions alone, such as contents=read,issues=write or"
                        + " \"contents: read, issues: write\"; never more than the policy grants.")
        @Nullable
        List<String> permissions;

        @Option(
                names = "--repositories",
                paramLabel = "NAME,...",
                description = "Ask for these repositories alone, without their owner.")
        @Nullable
        String repositories;

        RequestedGrantOptions() {}

        /** The parameters of the request, by name. */
        Map<String, String> parameters() {
            var parameters = new HashMap<String, String>();
            if (permissions != null) {
                parameters.put("permissions", PermissionList.forService(permissions));
            }
            if (repositories != null) {
                parameters.put("repositories", repositories);
            }
            return parameters;
        }
    }
}
