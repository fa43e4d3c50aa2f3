package dev.octosts.app.cli.operator;

import picocli.CommandLine.Command;

/** The command {@code audit}: groups the commands about the records of exchanges. */
@Command(
        name = "audit",
        description = "Checks the records of exchanges in the service's database, and what tokens were used for.",
        mixinStandardHelpOptions = true,
        footer = {"octo-sts audit verify", "octo-sts audit verify --expect 48211:9f2c... --json"},
        subcommands = {
            AuditImportCommand.class,
            AuditReportCommand.class,
            AuditRevokeCommand.class,
            AuditVerifyCommand.class
        })
public final class AuditCommand {

    public AuditCommand() {}
}
