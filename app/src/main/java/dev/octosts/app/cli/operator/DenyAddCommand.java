package dev.octosts.app.cli.operator;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.cli.Terminal;
import dev.octosts.app.settings.GoValues;
import dev.octosts.exchange.spi.DenyRule;
import dev.octosts.policy.Claims;
import dev.octosts.policy.repository.GitHubNames;
import dev.octosts.policy.text.SafeText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
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

    private static final int LONGEST_REASON = 1_000;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_IDENTITY = 512;
    private static final int LONGEST_VALUE = 1_024;
    private static final Duration LONGEST = Duration.ofDays(3_650);

    @Option(names = "--owner", paramLabel = "OWNER", description = "Requests for this account and its repositories.")
    String owner = "";

    @Option(
            names = "--repository",
            paramLabel = "NAME",
            description = "Requests for this repository, without its owner; needs --owner.")
    String repository = "";

    @Option(names = "--identity", paramLabel = "NAME", description = "Requests for the policy of this name.")
    String identity = "";

    @Option(names = "--issuer", paramLabel = "URL", description = "Tokens of this issuer, exactly as they name it.")
    String issuer = "";

    @Option(names = "--subject", paramLabel = "TEXT", description = "Tokens of this subject.")
    String subject = "";

    @Option(names = "--claim", paramLabel = "NAME=VALUE", description = "Tokens with this claim.")
    String claim = "";

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why; it is in the audit and in the list, and callers never see it.")
    String reason = "";

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
        check("--owner", owner, GitHubNames::isOwner, "the name of an account");
        check("--repository", repository, GitHubNames::isRepository, "the name of a repository, without its owner");
        check("--identity", identity, text -> isPlain(text, LONGEST_IDENTITY), "the name of a policy");
        check("--issuer", issuer, text -> isPlain(text, LONGEST_NAME), "an issuer as tokens name it");
        check("--subject", subject, text -> isPlain(text, LONGEST_VALUE), "a subject, at most 1024 characters");
        check("--claim", claim, DenyAddCommand::isClaim, "NAME=VALUE");
        if (!repository.isEmpty() && owner.isEmpty()) {
            throw usage("--repository needs --owner");
        }
        if (reason.isBlank() || !isPlain(reason, LONGEST_REASON)) {
            throw usage("--reason is one line of text, at most " + LONGEST_REASON + " characters");
        }
        int equals = claim.indexOf('=');
        var rule = new DenyRule(
                UUID.randomUUID().toString().substring(0, 8),
                new DenyRule.Target(owner, repository, identity),
                new DenyRule.Caller(
                        Claims.canonicalIssuer(issuer),
                        subject,
                        equals < 0 ? "" : claim.substring(0, equals),
                        equals < 0 ? "" : claim.substring(equals + 1)),
                reason.strip(),
                end());
        if (rule.isEmpty()) {
            throw usage("the rule would stop everybody; give at least one of --owner, --identity, --issuer, --subject"
                    + " and --claim");
        }
        return rule;
    }

    private Optional<Instant> end() throws CommandFailure {
        if (life == null) {
            return Optional.empty();
        }
        try {
            Duration duration = GoValues.duration(life);
            if (duration.isPositive() && duration.compareTo(LONGEST) <= 0) {
                return Optional.of(environment.clock().instant().plus(duration));
            }
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw usage("--for is a time such as 90m or 24h");
    }

    private static boolean isPlain(String text, int longest) {
        return text.length() <= longest && text.equals(SafeText.line(text));
    }

    private static boolean isClaim(String text) {
        int equals = text.indexOf('=');
        return equals > 0
                && isPlain(text.substring(0, equals), LONGEST_NAME)
                && equals < text.length() - 1
                && isPlain(text.substring(equals + 1), LONGEST_VALUE);
    }

    private static void check(String option, String value, Predicate<String> form, String what) throws CommandFailure {
        if (!value.isEmpty() && !form.test(value)) {
            throw usage(option + " is not " + what);
        }
    }

    private static CommandFailure usage(String message) {
        return new CommandFailure(CommandFailure.USAGE, message);
    }
}
