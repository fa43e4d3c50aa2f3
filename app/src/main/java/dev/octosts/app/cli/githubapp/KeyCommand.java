package dev.octosts.app.cli.githubapp;

import picocli.CommandLine.Command;

/** The command {@code key}: groups the commands about the Apps' private keys. */
@Command(
        name = "key",
        description =
                "Checks the private keys of the Apps, in a file or in a key management service, and takes keys into one.",
        mixinStandardHelpOptions = true,
        footer = {"octo-sts key check", "octo-sts key import app.pem --provider aws --name alias/octo-sts --dry-run"},
        subcommands = {KeyCheckCommand.class, KeyImportCommand.class})
public final class KeyCommand {

    public KeyCommand() {}
}
