package dev.octosts.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program's command line. */
@Command(
        name = "octo-sts",
        description = "Exchanges OIDC tokens for GitHub tokens.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {Serve.class, Rehearsal.class})
public final class Main {

    Main() {}

    /** Runs a command; the process ends with its status, unless it goes on serving. */
    public static void main(String[] arguments) {
        int status = new CommandLine(new Main()).execute(arguments);
        if (status != CommandLine.ExitCode.OK) {
            System.exit(status);
        }
    }
}
