package dev.octosts.app.cli.operator;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.cli.Terminal;
import dev.octosts.app.settings.GoValues;
import dev.octosts.exchange.spi.DenyRule;
import dev.octosts.exchange.spi.DenyRuleForm;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code deny add}: stops callers. */
@Command(
        name = "add",
        description =
                "Adds a rule that stops callers at once. A caller is stopped when everything fits that is given; a * at"
                        + " the end of a subject or of a claim's value stands for any text. The callers get the refusal"
                        + " that callers without standing get; the audit has the rule and its reason. Tokens that were"
                        + " granted before stay valid until they expire. Reads OCTOSTS_DB_URL, OCTOSTS_DB_USER and"
                        + " OCTOSTS_DB_PASSWORD.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "octo-sts deny add --owner octo-org --repository octo-repo --reason incident-42",
            "octo-sts deny add --issuer https://gitlab.com --subject 'project_path:group/app:*' \\",
            "    --reason 'leaked runner' --for 24h",
            "octo-sts deny add --claim job_workflow_ref='octo-org/x/.github/workflows/ci.yaml@*' --reason bad-action"
        },
        exitCodeList = {
            "0:the rule is in the database; replicas have it within a second",
            "2:an argument or a variable makes no sense",
            "3:the database does not take it"
        })
public final class DenyAddCommand implements Callable<Integer> {

    @Mixin
    WhomOptions whom = new WhomOptions();

    @Option(names = "--claim", paramLabel = "NAME=VALUE", description = "Tokens with this claim.")
    String claim = "";

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "How long, such as 24h; without it, until the rule is removed.")
    @Nullable
    String life;

    @Spec
    @Nullable
    CommandSpec spec;

    private final CommandEnvironment environment;

    public DenyAddCommand() {
        this(CommandEnvironment.ofThisProcess());
    }

    DenyAddCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var terminal = Terminal.of(spec);
        DenyRule rule;
        try {
            rule = rule();
            DatabaseWork.in(environment, database -> {
                database.denyRules().add(rule, DatabaseWork.operator());
                return rule;
            });
        } catch (CommandFailure stop) {
            return stop.tell(terminal);
        }
        terminal.out()
                .println("deny rule " + rule.id() + " is in force within a second"
                        + rule.expiresAt().map(end -> ", until " + end).orElse(""));
        terminal.out().flush();
        return ExitCode.OK;
    }

    private DenyRule rule() throws CommandFailure {
        DenyRuleForm form = whom.form(claim);
        var fault = form.fault();
        if (fault.isPresent()) {
            throw usage(WhomOptions.text(
                    fault.get(),
                    "the rule would stop everybody; give at least one of --owner, --identity, --issuer, --subject and"
                            + " --claim, not only a *"));
        }
        return form.rule(end());
    }

    private Optional<Instant> end() throws CommandFailure {
        if (life == null) {
            return Optional.empty();
        }
        try {
            Duration duration = GoValues.duration(life);
            if (duration.isPositive() && duration.compareTo(DenyRuleForm.LONGEST) <= 0) {
                return Optional.of(environment.clock().instant().plus(duration));
            }
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw usage("--for is a time such as 90m or 24h");
    }

    private static CommandFailure usage(String message) {
        return new CommandFailure(CommandFailure.USAGE, message);
    }
}
