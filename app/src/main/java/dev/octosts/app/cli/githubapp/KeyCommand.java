package dev.octosts.app.cli.githubapp;

import picocli.CommandLine.Command;

/** The command {@code key}: groups the commands about the Apps' private keys. */
@Command(
        name = "key",
        description = "Checks the private keys of the Apps, in a file or in a key management service.",
        mixinStandardHelpOptions = true,
        footer = {"octo-sts key check", "octo-sts key check --env-file /etc/octo-sts/octo-sts.env --json"},
        subcommands = {KeyCheckCommand.class})
public final class KeyCommand {

    public KeyCommand() {}
}
