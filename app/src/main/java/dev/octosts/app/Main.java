package dev.octosts.app;

import dev.octosts.app.cli.ExchangeCommand;
import dev.octosts.app.cli.GitCredentialCommand;
import dev.octosts.app.cli.LoadCommand;
import dev.octosts.app.cli.ProbeCommand;
import dev.octosts.app.cli.SmokeTestCommand;
import dev.octosts.app.cli.TokenCommand;
import dev.octosts.app.cli.githubapp.AppCommand;
import dev.octosts.app.cli.policy.PolicyCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program's command line. */
@Command(
        name = "octo-sts",
        description = "Exchanges OIDC tokens for GitHub tokens.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            Serve.class,
            ExchangeCommand.class,
            GitCredentialCommand.class,
            TokenCommand.class,
            PolicyCommand.class,
            Rehearsal.class,
            ProbeCommand.class,
            SmokeTestCommand.class,
            LoadCommand.class,
            AppCommand.class
        })
public final class Main {

    Main() {}

    /** Runs a command. The process ends with the command's status, unless the command goes on serving. */
    public static void main(String[] arguments) {
        int status = Serve.plainly(arguments).orElseGet(() -> commandLine(arguments));
        if (status != CommandLine.ExitCode.OK) {
            System.exit(status);
        }
    }

    private static int commandLine(String... arguments) {
        return new CommandLine(new Main())
                .setExpandAtFiles(false) // arguments also belong to other commands
                .execute(arguments);
    }
}
