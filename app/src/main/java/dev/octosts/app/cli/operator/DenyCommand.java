package dev.octosts.app.cli.operator;

import picocli.CommandLine.Command;

/** The command {@code deny}: groups the commands that stop callers at once. */
@Command(
        name = "deny",
        description = "Stops callers at once, whatever their policies say, on every replica that shares the database.",
        mixinStandardHelpOptions = true,
        footer = {
            "octo-sts deny add --owner octo-org --reason incident-42 --for 24h",
            "octo-sts deny list",
            "octo-sts deny remove 3fa1c09e --reason over"
        },
        subcommands = {DenyAddCommand.class, DenyListCommand.class, DenyRemoveCommand.class})
public final class DenyCommand {

    public DenyCommand() {}
}
