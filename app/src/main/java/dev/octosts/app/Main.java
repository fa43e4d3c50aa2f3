package dev.octosts.app;

import dev.octosts.app.cli.CompletionCommand;
import dev.octosts.app.cli.ExchangeCommand;
import dev.octosts.app.cli.GitCredentialCommand;
import dev.octosts.app.cli.LoadCommand;
import dev.octosts.app.cli.ManualCommand;
import dev.octosts.app.cli.ProbeCommand;
import dev.octosts.app.cli.SmokeTestCommand;
import dev.octosts.app.cli.TokenCommand;
import dev.octosts.app.cli.githubapp.AppCommand;
import dev.octosts.app.cli.githubapp.KeyCommand;
import dev.octosts.app.cli.operator.AuditCommand;
import dev.octosts.app.cli.operator.DenyCommand;
import dev.octosts.app.cli.policy.PolicyCommand;
import dev.octosts.app.cli.usage.CommandLines;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program's command line. */
@Command(
        name = "octo-sts",
        description = "Exchanges OIDC tokens for GitHub tokens.",
        mixinStandardHelpOptions = true,
        footer = {
            "octo-sts policy check .github/chainguard",
            "octo-sts exchange --url https://sts.example.com --scope octo-org/octo-repo \\",
            "    --identity ci --github-actions -- gh issue list",
            "octo-sts help policy check"
        },
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
            AppCommand.class,
            AuditCommand.class,
            CompletionCommand.class,
            DenyCommand.class,
            KeyCommand.class,
            ManualCommand.class
        })
public final class Main {

    Main() {}

    /** Runs a command. The process ends with the command's status, unless the command goes on serving. */
    public static void main(String[] arguments) {
        int status = Serve.plainly(arguments).orElseGet(() -> line().execute(meant(arguments)));
        if (status != CommandLine.ExitCode.OK) {
            System.exit(status);
        }
    }

    /** The command line with all commands. */
    static CommandLine line() {
        return CommandLines.of(new Main());
    }

    /** People ask for help in words, too: {@code help policy check}. */
    static String[] meant(String... arguments) {
        return switch (arguments.length == 0 ? "" : arguments[0]) {
            case "help" ->
                Stream.concat(Stream.of(arguments).skip(1), Stream.of("--help")).toArray(String[]::new);
            case "version" -> new String[] {"--version"};
            default -> arguments;
        };
    }
}
