package dev.octosts.app.cli.operator;

import dev.octosts.app.audit.AuditRecord;
import dev.octosts.app.audit.AuditRecords;
import dev.octosts.app.audit.SealingKey;
import dev.octosts.app.audit.TokenRecall;
import dev.octosts.app.audit.TokenSafe;
import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.cli.Terminal;
import dev.octosts.app.cli.TextOrJson;
import dev.octosts.app.settings.RevocationSettings;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.github.GitHub;
import dev.octosts.policy.Claims;
import jakarta.json.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code audit revoke}: takes back the valid tokens of a holder. */
@Command(
        name = "revoke",
        description =
                "Takes back every valid token that fits, at GitHub, and counts what GitHub confirms. It needs a service"
                        + " that keeps tokens sealed (OCTOSTS_REVOCABLE_TOKENS). Stop the holder first (octo-sts deny add), or it"
                        + " gets new ones. Reads OCTOSTS_DB_URL, OCTOSTS_DB_USER, OCTOSTS_DB_PASSWORD,"
                        + " OCTOSTS_REVOCABLE_TOKENS_KEY and GITHUB_BASE_URL.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "octo-sts audit revoke --owner octo-org --repository octo-repo --reason incident-42",
            "octo-sts audit revoke --issuer https://gitlab.com --subject 'project_path:group/app:*' \\",
            "    --reason leaked-runner"
        },
        exitCodeList = {
            "0:no token that fits is valid any more",
            "1:some tokens could not be revoked; run it again",
            "2:an argument or a variable makes no sense",
            "3:the database does not answer"
        })
public final class AuditRevokeCommand implements Callable<Integer> {

    @Mixin
    WhomOptions whom = new WhomOptions();

    @Mixin
    TextOrJson format = new TextOrJson();

    @Spec
    @Nullable
    CommandSpec spec;

    private final CommandEnvironment environment;

    public AuditRevokeCommand() {
        this(CommandEnvironment.ofThisProcess());
    }

    AuditRevokeCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var terminal = Terminal.of(spec);
        TokenRecall.Count count;
        try {
            TokenSafe.TokenHolder holder = holder();
            RevocationSettings settings = RevocationSettings.read(environment.variables());
            count = DatabaseWork.in(
                    environment, database -> revoked(database.tokens(settings.key()), holder, settings));
        } catch (IllegalArgumentException wrong) {
            return new CommandFailure(CommandFailure.USAGE, String.valueOf(wrong.getMessage())).tell(terminal);
        } catch (CommandFailure stop) {
            return stop.tell(terminal);
        }
        terminal.out().println(format.format() == TextOrJson.Format.json ? JsonCount.of(count) : text(count));
        terminal.out().flush();
        return count.failed() + count.unreadable() == 0 ? ExitCode.OK : CommandFailure.REFUSED;
    }

    private TokenSafe.TokenHolder holder() throws CommandFailure {
        var fault = whom.form("").fault();
        if (fault.isPresent()) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    WhomOptions.text(
                            fault.get(),
                            "this would be everybody; give at least one of --owner, --identity, --issuer and"
                                    + " --subject, not only a *"));
        }
        return new TokenSafe.TokenHolder(
                new AuditRecord.RecordedTarget(
                        whom.owner.toLowerCase(Locale.ROOT), whom.repository.toLowerCase(Locale.ROOT), whom.identity),
                Claims.canonicalIssuer(whom.issuer),
                whom.subject);
    }

    private TokenRecall.Count revoked(TokenSafe safe, TokenSafe.TokenHolder holder, RevocationSettings settings)
            throws StoreException {
        // What was begun is on record, also when this process does not come to its end.
        note(safe, "token-revoke", holder, Map.of());
        SealingKey key = settings.key();
        try (var gitHub = new GitHub(settings.gitHub(), settings.egress(), GitHub.Time.ofThisMachine(), call -> {})) {
            TokenRecall.Count count = new TokenRecall(safe, key, gitHub.tokens()).of(holder);
            note(safe, "token-revoked", holder, count.details());
            return count;
        }
    }

    private void note(TokenSafe safe, String action, TokenSafe.TokenHolder holder, Map<String, String> more)
            throws StoreException {
        var details = new LinkedHashMap<>(more);
        details.put("reason", whom.reason.strip());
        details.put("issuer", holder.issuer());
        details.put("subject", holder.subject());
        details.values().removeIf(String::isEmpty);
        safe.note(AuditRecords.action(
                AuditRecord.Kind.OPERATOR,
                action,
                holder.target(),
                DatabaseWork.operator(),
                details,
                environment.clock().instant()));
    }

    private static String text(TokenRecall.Count count) {
        return count.revoked() + " tokens are revoked, " + count.invalid() + " were no longer valid"
                + (count.failed() == 0 ? "" : ", " + count.failed() + " could not be revoked; run it again")
                + (count.unreadable() == 0
                        ? ""
                        : ", " + count.unreadable()
                                + " are sealed with another key; give that one in OCTOSTS_REVOCABLE_TOKENS_KEY");
    }

    /** Apart from the command, so that the library of JSON is not loaded with it. */
    private static final class JsonCount {

        static String of(TokenRecall.Count count) {
            return Json.createObjectBuilder()
                    .add("revoked", count.revoked())
                    .add("invalid", count.invalid())
                    .add("failed", count.failed())
                    .add("unreadable", count.unreadable())
                    .build()
                    .toString();
        }
    }
}
