package dev.octosts.app.cli;

import dev.octosts.app.cli.JwtText.Outcome;
import dev.octosts.policy.Claims;
import dev.octosts.policy.preset.Preset;
import dev.octosts.policy.text.SafeText;
import dev.octosts.probers.JsonObjects;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code decode}: shows the header and the claims of a token. */
@Command(
        name = "decode",
        description = "Shows header and claims of the token on standard input, and which presets of 'policy new' it"
                + " fits. Verifies nothing.",
        mixinStandardHelpOptions = true,
        footer = {
            "octo-sts token decode < /var/run/secrets/tokens/octo-sts",
            "echo \"$TOKEN\" | octo-sts token decode --json"
        })
final class DecodeCommand implements Callable<Integer> {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/:@%+=,-]+");

    @Mixin
    TextOrJson format = new TextOrJson();

    @Parameters(arity = "0..*", hidden = true)
    List<String> misplaced = List.of();

    @Spec
    @Nullable
    CommandSpec spec;

    private final CommandEnvironment environment;

    DecodeCommand() {
        this(CommandEnvironment.ofThisProcess());
    }

    DecodeCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        var terminal = Terminal.of(spec);
        if (!misplaced.isEmpty()) {
            return new CommandFailure(
                            CommandFailure.USAGE,
                            "the token is read from standard input: everybody on this machine can read a command line",
                            "next: octo-sts token decode < FILE")
                    .tell(terminal);
        }
        if (environment.isTyped()) {
            terminal.err().println("octo-sts: waiting for a token on standard input; paste it, then press Ctrl-D");
            terminal.err().flush();
        }
        var input = environment.input().readNBytes(JwtText.LIMIT + 1);
        var text = new String(input, StandardCharsets.UTF_8);
        return switch (JwtText.read(text)) {
            case Outcome.NotReadable(var reason) -> new CommandFailure(CommandFailure.REFUSED, reason).tell(terminal);
            case Outcome.Read(var header, var claims) -> {
                switch (format.format()) {
                    case text ->
                        Parts.show(terminal, header, claims, environment.clock().instant());
                    case json ->
                        terminal.out()
                                .println(
                                        SafeText.json(Parts.json(header, claims).toString()));
                }
                terminal.out().flush();
                yield ExitCode.OK;
            }
        };
    }

    /** The text as one word of a shell, because users will copy it there. */
    private static String inShell(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /**
     * The parts of a token, for people and programs. Commands that have nothing to do with JSON load no class of it.
     */
    private static final class Parts {

        private Parts() {}

        static void show(Terminal terminal, JsonObject header, JsonObject claims, Instant now) {
            show(terminal, "header", JwtText.texts(header, now));
            show(terminal, "claims", JwtText.texts(claims, now));
            Claims.of(JsonObjects.values(claims)).ifPresent(found -> show(terminal, "presets", presets(found)));
            terminal.out()
                    .println("not verified: anyone can write such a token; a service checks the"
                            + " signature against the issuer's keys");
        }

        static JsonObject json(JsonObject header, JsonObject claims) {
            var presets = Json.createObjectBuilder();
            Claims.of(JsonObjects.values(claims))
                    .map(Preset::fitting)
                    .orElse(Map.of())
                    .forEach((name, parameters) -> {
                        var found = Json.createObjectBuilder();
                        parameters.forEach(found::add);
                        presets.add(name, found);
                    });
            return Json.createObjectBuilder()
                    .add("header", header)
                    .add("claims", claims)
                    .add("presets", presets)
                    .add("verified", false)
                    .build();
        }

        private static void show(Terminal terminal, String title, Map<String, String> fields) {
            int width = fields.keySet().stream().mapToInt(String::length).max().orElse(0);
            terminal.out().println(title);
            fields.forEach((name, value) ->
                    terminal.out().println("  " + name + " ".repeat(width - name.length()) + "  " + value));
        }

        /** The options that {@code policy new} needs to write a policy for such a token. */
        private static Map<String, String> presets(Claims claims) {
            var presets = new LinkedHashMap<String, String>();
            Preset.fitting(claims)
                    .forEach((name, parameters) -> presets.put(
                            name,
                            parameters.entrySet().stream()
                                    .map(each -> "--" + each.getKey().replace('_', '-') + "="
                                            + inShell(SafeText.line(each.getValue())))
                                    .collect(Collectors.joining(" "))));
            return presets.isEmpty() ? Map.of("none", "'octo-sts policy new --help' lists what there is") : presets;
        }
    }
}
