package dev.octosts.app.cli;

import picocli.CommandLine.Command;

/** The command {@code token}: groups the commands that work on a workload's token without a service. */
@Command(
        name = "token",
        description = "Looks into a workload's OIDC token.",
        mixinStandardHelpOptions = true,
        footer = {"octo-sts token decode < /var/run/secrets/tokens/octo-sts", "echo \"$TOKEN\" | octo-sts token decode"
        },
        subcommands = DecodeCommand.class)
public final class TokenCommand {

    public TokenCommand() {}
}
