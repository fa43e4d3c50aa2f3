package dev.octosts.app.cli.policy;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.cli.JwtText;
import dev.octosts.app.cli.JwtText.Outcome;
import dev.octosts.probers.JsonObjects;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the source of the claims. A message never repeats the input: it may be a token. */
final class ClaimsOptions {

    private static final String INPUT = "-";

    @Option(
            names = "--claims",
            paramLabel = "FILE",
            required = true,
            description = "The token's claims, a JSON object, in a file; - for standard input.")
    @Nullable
    String file;

    @Option(
            names = "--token",
            paramLabel = "-",
            required = true,
            description = "Read the token from standard input. It is not verified.")
    @Nullable
    String token;

    ClaimsOptions() {}

    ClaimsInput read(CommandEnvironment surroundings) throws CommandFailure {
        if (token != null && !token.equals(INPUT)) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    "--token takes only -, standard input: everybody on this machine can read a command line",
                    "next: give --token - and the token on standard input");
        }
        return token != null ? token(surroundings) : claims(surroundings, file == null ? INPUT : file);
    }

    private static ClaimsInput token(CommandEnvironment surroundings) throws CommandFailure {
        return switch (JwtText.read(text("--token -", surroundings.input()))) {
            case Outcome.NotReadable(var reason) ->
                throw new CommandFailure(CommandFailure.REFUSED, "--token -: " + reason);
            case Outcome.Read(var _, var claims) -> ClaimsInput.of("--token -", claims, true);
        };
    }

    private static ClaimsInput claims(CommandEnvironment surroundings, String file) throws CommandFailure {
        if (file.equals(INPUT)) {
            return claims("--claims -", text("--claims -", surroundings.input()));
        }
        var path = PolicyFiles.existing(file, surroundings.directory());
        try (var in = Files.newInputStream(path)) {
            return claims("--claims " + file, text("--claims " + file, in));
        } catch (IOException failed) {
            throw new CommandFailure(CommandFailure.USAGE, "--claims " + file + ": " + FileDiagnostics.reason(failed));
        }
    }

    private static ClaimsInput claims(String where, String text) throws CommandFailure {
        return ClaimsInput.of(
                where,
                JsonObjects.object(text)
                        .orElseThrow(() -> new CommandFailure(
                                CommandFailure.USAGE,
                                where + ": this is not a JSON object with claims; a token is given with --token -")),
                false);
    }

    private static String text(String where, InputStream in) throws CommandFailure {
        try {
            byte[] bytes = in.readNBytes(JwtText.LIMIT + 1);
            if (bytes.length > JwtText.LIMIT) {
                throw new CommandFailure(CommandFailure.USAGE, where + ": more than " + JwtText.LIMIT + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new CommandFailure(CommandFailure.USAGE, where + ": " + FileDiagnostics.reason(failed));
        }
    }
}
