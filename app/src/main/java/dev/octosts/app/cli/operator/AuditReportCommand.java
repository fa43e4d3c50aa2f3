package dev.octosts.app.cli.operator;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.cli.Terminal;
import dev.octosts.app.cli.TextOrJson;
import dev.octosts.app.settings.UsageReader;
import dev.octosts.app.usage.UsageReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code audit report}: what tokens were used for, and which policies are wider than needed. */
@Command(
        name = "report",
        description = "Says what the tokens of each policy were used for: policies without tokens for 30 and 90 days,"
                + " permissions that nothing needed, new places, tokens that were used after their workflow run had"
                + " ended. Proposes the narrower policy as a diff. A permission counts as not used only where all"
                + " requests are known; octo-sts audit import brings them. Reads OCTOSTS_DB_URL,"
                + " OCTOSTS_DB_USER, OCTOSTS_DB_PASSWORD and OCTOSTS_USAGE_RETENTION.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"octo-sts audit report", "octo-sts audit report --policies ~/src --owner octo-org | less"},
        exitCodeList = {
            "0:the report is printed",
            "2:an argument or a variable makes no sense",
            "3:the database does not answer"
        })
public final class AuditReportCommand implements Callable<Integer> {

    private static final int LONGEST = 3_650;

    @Option(names = "--owner", paramLabel = "OWNER", description = "Only policies of this account.")
    String owner = "";

    @Option(
            names = "--policies",
            paramLabel = "FOLDER",
            description = "Where the policies are checked out: a repository, or a folder with repositories or with"
                    + " OWNER/REPOSITORY in it. A diff is made of the very version that granted the last token.")
    @Nullable
    String policies;

    @Option(
            names = "--known-for",
            paramLabel = "DAYS",
            description = "For how many days usage must be known before something counts as not used; 30 by default.")
    int days = 30;

    @Mixin
    TextOrJson format = new TextOrJson();

    @Spec
    @Nullable
    CommandSpec spec;

    private final CommandEnvironment environment;

    public AuditReportCommand() {
        this(CommandEnvironment.ofThisProcess());
    }

    AuditReportCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var terminal = Terminal.of(spec);
        try {
            if (days < 1 || days > LONGEST) {
                throw new CommandFailure(CommandFailure.USAGE, "--known-for is a number of days from 1 to " + LONGEST);
            }
            Optional<Path> folder = folder();
            Duration retention = UsageReader.retention(environment.variables());
            UsageReport report = DatabaseWork.in(
                    environment,
                    database -> UsageReport.of(
                            database.usage(retention, environment.clock()),
                            environment.clock().instant(),
                            Duration.ofDays(days)));
            var files = new PolicyVersions(folder);
            terminal.out()
                    .print(
                            format.format() == TextOrJson.Format.json
                                    ? UsageJson.of(report, owner, files)
                                    : UsageText.of(report, owner, files));
            terminal.out().flush();
            return ExitCode.OK;
        } catch (IllegalArgumentException wrong) {
            return new CommandFailure(CommandFailure.USAGE, String.valueOf(wrong.getMessage())).tell(terminal);
        } catch (CommandFailure stop) {
            return stop.tell(terminal);
        }
    }

    private Optional<Path> folder() throws CommandFailure {
        if (policies == null) {
            return Optional.empty();
        }
        Path folder = environment.directory().resolve(policies);
        if (!Files.isDirectory(folder)) {
            throw new CommandFailure(CommandFailure.USAGE, "--policies is not a folder");
        }
        return Optional.of(folder);
    }
}
