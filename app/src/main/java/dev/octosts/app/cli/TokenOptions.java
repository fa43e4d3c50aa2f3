package dev.octosts.app.cli;

import dev.octosts.probers.IdentityTokenSource;
import dev.octosts.probers.Network;
import dev.octosts.probers.RetryBudget;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options for the source and the audience of the workload's own token. */
final class TokenOptions {

    private static final String GITHUB_ACTIONS = "ACTIONS_ID_TOKEN_REQUEST_URL";

    /** One source from the options, or else the source that the environment offers. */
    static final class Choice {

        @Option(
                names = "--token",
                paramLabel = "-",
                required = true,
                description = "Read the workload's OIDC token from standard input.")
        @Nullable
        String input;

        @Option(
                names = "--token-file",
                paramLabel = "FILE",
                required = true,
                description = "Read it from a file, such as a projected token of Kubernetes.")
        @Nullable
        String file;

        @Option(
                names = "--token-env",
                paramLabel = "VARIABLE",
                required = true,
                description = "Take it from a variable of the environment.")
        @Nullable
        String variable;

        @Option(
                names = "--token-command",
                paramLabel = "COMMAND",
                required = true,
                description = "Take what a shell command prints, such as 'gcloud auth print-identity-token'.")
        @Nullable
        String command;

        @Option(
                names = "--github-actions",
                required = true,
                description = "Ask GitHub Actions; the job needs 'permissions: id-token: write'.")
        boolean gitHubActions;

        @Option(names = "--google", required = true, description = "Ask the metadata server of Google Cloud.")
        boolean google;

        @Option(
                names = "--azure",
                required = true,
                description = "Ask for a managed identity of Azure; the audience is an application's id URI.")
        boolean azure;

        @Option(
                names = "--aws",
                required = true,
                description =
                        "Ask AWS STS (GetWebIdentityToken), with the credentials of the environment or container.")
        boolean aws;

        Choice() {}
    }

    @ArgGroup
    @Nullable
    Choice choice;

    @Option(
            names = "--audience",
            paramLabel = "AUDIENCE",
            description = "Whom the platform makes the token for; else the variable OCTOSTS_AUDIENCE, else the host of"
                    + " the service.")
    @Nullable
    String audience;

    TokenOptions() {}

    boolean readsInput() {
        return choice != null && choice.input != null;
    }

    /** Whether an option or the environment says where the token comes from. */
    boolean isGiven(CommandEnvironment environment) {
        return choice != null
                || environment.given("", null, "OCTOSTS_TOKEN_FILE").isPresent()
                || environment.variables().containsKey(GITHUB_ACTIONS);
    }

    String audience(CommandEnvironment environment, String host) {
        return environment
                .given("--audience", audience, "OCTOSTS_AUDIENCE")
                .map(CommandEnvironment.GivenValue::value)
                .orElse(host);
    }

    IdentityTokenSource source(CommandEnvironment environment, Network network, RetryBudget retries)
            throws CommandFailure {
        var variables = environment.variables();
        if (choice == null) {
            return offered(environment, network, retries);
        }
        if (choice.file != null) {
            return file("--token-file", choice.file);
        }
        if (choice.variable != null) {
            return IdentityTokenSource.ofVariable(choice.variable, variables);
        }
        if (choice.command != null) {
            return IdentityTokenSource.ofCommand(List.of("/bin/sh", "-c", choice.command), retries);
        }
        if (choice.gitHubActions) {
            return IdentityTokenSource.ofGitHubActions(variables, network, retries);
        }
        if (choice.google) {
            return IdentityTokenSource.ofGoogle(variables, network, retries);
        }
        if (choice.azure) {
            return IdentityTokenSource.ofAzure(variables, network, retries);
        }
        if (choice.aws) {
            return IdentityTokenSource.ofAws(variables, network, retries);
        }
        if (!"-".equals(choice.input)) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    "--token takes only -, standard input: everybody on this machine can read a command line",
                    "next: give --token-file FILE, --token-env VARIABLE, or --token - and the token on standard input");
        }
        return IdentityTokenSource.ofStream("standard input", environment.input());
    }

    private static IdentityTokenSource offered(CommandEnvironment environment, Network network, RetryBudget retries)
            throws CommandFailure {
        var file = environment.given("", null, "OCTOSTS_TOKEN_FILE");
        if (file.isPresent()) {
            return file(file.get().name(), file.get().value());
        }
        if (environment.variables().containsKey(GITHUB_ACTIONS)) {
            return IdentityTokenSource.ofGitHubActions(environment.variables(), network, retries);
        }
        throw new CommandFailure(
                CommandFailure.USAGE,
                "the workload's own token is missing: give --token-file FILE (or OCTOSTS_TOKEN_FILE), --token-env"
                        + " VARIABLE, --token-command COMMAND, --github-actions, --google, --azure, --aws, or --token - for"
                        + " standard input");
    }

    private static IdentityTokenSource file(String name, String path) throws CommandFailure {
        try {
            return IdentityTokenSource.ofFile(Path.of(path));
        } catch (InvalidPathException _) {
            throw new CommandFailure(CommandFailure.USAGE, name + ": this is not a path");
        }
    }
}
