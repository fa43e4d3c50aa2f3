package dev.octosts.app.cli.operator;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.cli.Terminal;
import dev.octosts.app.cli.TextOrJson;
import dev.octosts.app.deny.DenyStore.Kept;
import dev.octosts.exchange.spi.DenyRule;
import dev.octosts.policy.text.SafeText;
import jakarta.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code deny list}: shows whom the operator stops. */
@Command(
        name = "list",
        description =
                "Lists the rules that stop callers, the oldest first, one a line. Rules that have ended are listed until"
                        + " they are removed. Reads OCTOSTS_DB_URL, OCTOSTS_DB_USER and OCTOSTS_DB_PASSWORD.",
        mixinStandardHelpOptions = true,
        footer = {"octo-sts deny list", "octo-sts deny list --json"},
        exitCodeList = {
            "0:the rules are listed",
            "2:an argument or a variable makes no sense",
            "3:the database does not answer"
        })
public final class DenyListCommand implements Callable<Integer> {

    @Mixin
    TextOrJson format = new TextOrJson();

    @Spec
    @Nullable
    CommandSpec spec;

    private final CommandEnvironment environment;

    public DenyListCommand() {
        this(CommandEnvironment.ofThisProcess());
    }

    DenyListCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var terminal = Terminal.of(spec);
        List<Kept> rules;
        try {
            rules = DatabaseWork.in(
                    environment, database -> database.denyRules().rules());
        } catch (CommandFailure stop) {
            return stop.tell(terminal);
        }
        boolean json = format.format() == TextOrJson.Format.json;
        if (rules.isEmpty() && !json) {
            terminal.out().println("no deny rules");
        }
        rules.forEach(kept -> terminal.out().println(json ? JsonLine.of(kept) : text(kept)));
        terminal.out().flush();
        return ExitCode.OK;
    }

    private String text(Kept kept) {
        DenyRule rule = kept.rule();
        String parts = parts(rule).entrySet().stream()
                .map(part -> part.getKey() + " " + part.getValue())
                .collect(Collectors.joining(", "));
        return SafeText.line(rule.id() + "  " + parts + "  (" + rule.reason() + "; by " + kept.madeBy() + ", "
                + kept.madeAt() + rule.expiresAt().map(this::end).orElse("") + ")");
    }

    private String end(Instant end) {
        return (end.isAfter(environment.clock().instant()) ? ", until " : ", ended ") + end;
    }

    private static Map<String, String> parts(DenyRule rule) {
        var parts = new LinkedHashMap<String, String>();
        parts.put("owner", rule.target().owner());
        parts.put("repository", rule.target().repository());
        parts.put("identity", rule.target().identity());
        parts.put("issuer", rule.caller().issuer());
        parts.put("subject", rule.caller().subject());
        parts.put(
                "claim",
                rule.caller().claim().isEmpty()
                        ? ""
                        : rule.caller().claim() + "=" + rule.caller().value());
        parts.values().removeIf(String::isEmpty);
        return parts;
    }

    /** Apart from the command, so that the library of JSON is not loaded with it. */
    private static final class JsonLine {

        static String of(Kept kept) {
            DenyRule rule = kept.rule();
            var json = Json.createObjectBuilder().add("id", rule.id());
            parts(rule).forEach(json::add);
            json.add("reason", rule.reason())
                    .add("made_by", kept.madeBy())
                    .add("made_at", kept.madeAt().toString());
            rule.expiresAt().ifPresent(end -> json.add("expires_at", end.toString()));
            return SafeText.json(json.build().toString());
        }
    }
}
