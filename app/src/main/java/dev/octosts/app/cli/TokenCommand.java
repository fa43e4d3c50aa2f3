package dev.octosts.app.cli;

import picocli.CommandLine.Command;

/** The command {@code token}: groups the commands that work on a workload's token without a service. */
@Command(
        name = "token",
        description = "Looks into a workload's OIDC token.",
        mixinStandardHelpOptions = true,
        subcommands = DecodeCommand.class)
public final class TokenCommand {

    public TokenCommand() {}
}
