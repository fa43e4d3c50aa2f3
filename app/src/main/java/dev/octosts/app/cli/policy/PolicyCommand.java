package dev.octosts.app.cli.policy;

import picocli.CommandLine.Command;

/** The command {@code policy}: groups the commands that work on policies without a service. */
@Command(
        name = "policy",
        description = "Checks, explains, tests and writes trust policies.",
        mixinStandardHelpOptions = true,
        footer = {
            "octo-sts policy check .github/chainguard",
            "octo-sts policy explain --policy .github/chainguard/ci.sts.yaml --token - < token"
        },
        subcommands = {CheckCommand.class, ExplainCommand.class, TestCommand.class, NewCommand.class})
public final class PolicyCommand {

    public PolicyCommand() {}
}
