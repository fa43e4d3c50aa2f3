package dev.octosts.app.cli.operator;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.cli.Terminal;
import dev.octosts.exchange.spi.DenyRuleForm;
import dev.octosts.policy.text.SafeText;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code deny remove}: no longer stops callers. */
@Command(
        name = "remove",
        description =
                "Removes a rule that stops callers. Reads OCTOSTS_DB_URL, OCTOSTS_DB_USER and OCTOSTS_DB_PASSWORD.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"octo-sts deny remove 3fa1c09e --reason over", "octo-sts deny remove 3fa1c09e --reason wrong-owner"},
        exitCodeList = {
            "0:the rule is gone; replicas know within a second",
            "1:there is no such rule",
            "2:an argument or a variable makes no sense",
            "3:the database does not answer"
        })
public final class DenyRemoveCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "The id of the rule, as the list shows it.")
    String id = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it is in the audit.")
    String reason = "";

    @Spec
    @Nullable
    CommandSpec spec;

    private final CommandEnvironment environment;

    public DenyRemoveCommand() {
        this(CommandEnvironment.ofThisProcess());
    }

    DenyRemoveCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var terminal = Terminal.of(spec);
        try {
            if (!DenyRuleForm.isReason(reason)) {
                throw new CommandFailure(
                        CommandFailure.USAGE,
                        "--reason is one line of text, at most " + DenyRuleForm.LONGEST_REASON + " characters");
            }
            boolean removed = DatabaseWork.in(
                    environment, database -> database.denyRules().remove(id, DatabaseWork.operator(), reason.strip()));
            if (!removed) {
                throw new CommandFailure(
                        CommandFailure.REFUSED,
                        "there is no deny rule " + SafeText.line(id) + "; octo-sts deny list shows all");
            }
        } catch (CommandFailure stop) {
            return stop.tell(terminal);
        }
        terminal.out().println("deny rule " + id + " is removed");
        terminal.out().flush();
        return ExitCode.OK;
    }
}
