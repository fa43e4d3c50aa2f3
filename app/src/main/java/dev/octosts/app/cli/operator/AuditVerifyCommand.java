package dev.octosts.app.cli.operator;

import dev.octosts.app.audit.ChainCheck;
import dev.octosts.app.audit.ChainLink;
import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.cli.Terminal;
import dev.octosts.app.cli.TextOrJson;
import dev.octosts.policy.text.SafeText;
import jakarta.json.Json;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code audit verify}: recomputes the chain of all records. */
@Command(
        name = "verify",
        description =
                "Checks that no record was changed, removed, inserted or moved, and names the first one that does not"
                        + " fit. Prints the last record's number and hash; with one that was noted before, a chain that was"
                        + " written anew or cut at its end shows, too. Reads OCTOSTS_DB_URL, OCTOSTS_DB_USER and"
                        + " OCTOSTS_DB_PASSWORD.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"octo-sts audit verify", "octo-sts audit verify --expect 48211:9f2c..."},
        exitCodeList = {
            "0:every record fits",
            "1:a record does not fit",
            "2:an argument or a variable makes no sense",
            "3:the database does not answer"
        })
public final class AuditVerifyCommand implements Callable<Integer> {

    private static final Pattern LINK = Pattern.compile("([0-9]{1,18}):([0-9a-f]{64})");

    @Option(
            names = "--expect",
            paramLabel = "NUMBER:HASH",
            description = "A record that was noted before, from this command or from the service's log.")
    @Nullable
    String expected;

    @Mixin
    TextOrJson format = new TextOrJson();

    @Spec
    @Nullable
    CommandSpec spec;

    private final CommandEnvironment environment;

    public AuditVerifyCommand() {
        this(CommandEnvironment.ofThisProcess());
    }

    AuditVerifyCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var terminal = Terminal.of(spec);
        ChainCheck.Result result;
        try {
            Optional<ChainLink> link = link();
            result = DatabaseWork.in(environment, database -> ChainCheck.of(database.audit(), link));
        } catch (CommandFailure stop) {
            return stop.tell(terminal);
        }
        terminal.out().println(format.format() == TextOrJson.Format.json ? JsonResult.of(result) : text(result));
        terminal.out().flush();
        return result instanceof ChainCheck.Result.Sound ? ExitCode.OK : CommandFailure.REFUSED;
    }

    private Optional<ChainLink> link() throws CommandFailure {
        if (expected == null) {
            return Optional.empty();
        }
        Matcher link = LINK.matcher(expected);
        if (!link.matches()) {
            throw new CommandFailure(
                    CommandFailure.USAGE, "--expect is a record's number and its hash, with a colon between");
        }
        return Optional.of(new ChainLink(LocalDate.EPOCH, Long.parseLong(link.group(1)), link.group(2)));
    }

    private static String text(ChainCheck.Result result) {
        return switch (result) {
            case ChainCheck.Result.Sound(var records, var end) ->
                records
                        + (records == 1 ? " record fits" : " records fit")
                        + end.map(last -> "; the last one is " + last.seq() + ":" + last.hash())
                                .orElse("");
            case ChainCheck.Result.Broken(var finding) ->
                "record " + finding.seq()
                        + (finding.id().isEmpty() ? "" : " (" + finding.id() + ")") + " does not fit: "
                        + finding.what();
        };
    }

    /** Apart from the command, so that the library of JSON is not loaded with it. */
    private static final class JsonResult {

        static String of(ChainCheck.Result result) {
            var json = Json.createObjectBuilder();
            switch (result) {
                case ChainCheck.Result.Sound(var records, var end) -> {
                    json.add("sound", true).add("records", records);
                    end.ifPresent(last -> json.add("seq", last.seq()).add("hash", last.hash()));
                }
                case ChainCheck.Result.Broken(var finding) ->
                    json.add("sound", false)
                            .add("seq", finding.seq())
                            .add("id", finding.id())
                            .add("fault", finding.what());
            }
            return SafeText.json(json.build().toString());
        }
    }
}
