package dev.octosts.app.command;

import dev.octosts.app.command.JwtText.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows what a token says. */
@Command(
        name = "decode",
        description = "Shows header and claims of the token on standard input. Verifies nothing.",
        mixinStandardHelpOptions = true)
final class DecodeCommand implements Callable<Integer> {

    @Spec
    @Nullable
    CommandSpec spec;

    private final Surroundings surroundings;

    DecodeCommand() {
        this(Surroundings.ofThisProcess());
    }

    DecodeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        var terminal = Terminal.of(spec);
        var input = surroundings.input().readNBytes(JwtText.LIMIT + 1);
        var text = new String(input, StandardCharsets.UTF_8);
        return switch (JwtText.read(text, surroundings.clock().instant())) {
            case Outcome.NotReadable(var reason) -> new Stop(Stop.REFUSED, reason).tell(terminal.err());
            case Outcome.Read(var header, var claims) -> {
                show(terminal, "header", header);
                show(terminal, "claims", claims);
                terminal.out()
                        .println("not verified: whoever can write can write such a token; a service checks the"
                                + " signature against the issuer's keys");
                terminal.out().flush();
                yield ExitCode.OK;
            }
        };
    }

    private static void show(Terminal terminal, String title, Map<String, String> fields) {
        int width = fields.keySet().stream().mapToInt(String::length).max().orElse(0);
        terminal.out().println(title);
        fields.forEach((name, value) ->
                terminal.out().println("  " + name + " ".repeat(width - name.length()) + "  " + value));
    }
}
