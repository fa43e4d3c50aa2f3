package dev.octosts.app.cli.githubapp;

import picocli.CommandLine.Command;

/** The command {@code app}: groups the commands with which an operator sets up the GitHub App. */
@Command(
        name = "app",
        description = "Makes the GitHub App of a deployment, and checks how it is set up.",
        mixinStandardHelpOptions = true,
        footer = {"octo-sts app create --domain sts.example.com --org octo-org", "octo-sts app doctor --owner octo-org"
        },
        subcommands = {CreateCommand.class, DoctorCommand.class})
public final class AppCommand {

    public AppCommand() {}
}
