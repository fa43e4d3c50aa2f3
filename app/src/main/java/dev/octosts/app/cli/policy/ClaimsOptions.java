package dev.octosts.app.cli.policy;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.cli.JwtText;
import dev.octosts.app.cli.JwtText.Outcome;
import dev.octosts.app.cli.LocalFiles;
import dev.octosts.policy.Claims;
import dev.octosts.policy.Formats;
import dev.octosts.probers.JsonObjects;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;
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

    boolean readsInput() {
        return INPUT.equals(token) || INPUT.equals(file);
    }

    ClaimsInput read(CommandEnvironment environment) throws CommandFailure {
        if (token != null && !token.equals(INPUT)) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    "--token takes only -, standard input: everybody on this machine can read a command line",
                    "next: give --token - and the token on standard input");
        }
        return token != null ? token(environment) : claims(environment, file == null ? INPUT : file);
    }

    private static ClaimsInput token(CommandEnvironment environment) throws CommandFailure {
        return switch (JwtText.read(text("--token -", environment.input()))) {
            case Outcome.NotReadable(var reason) ->
                throw new CommandFailure(CommandFailure.REFUSED, "--token -: " + reason);
            case Outcome.Read(var _, var claims) -> ClaimsInput.of("--token -", claims);
        };
    }

    private static ClaimsInput claims(CommandEnvironment environment, String file) throws CommandFailure {
        if (file.equals(INPUT)) {
            return claims("--claims -", text("--claims -", environment.input()));
        }
        var path = PolicyFiles.existing(file, environment.directory());
        try (var in = Files.newInputStream(path)) {
            return claims("--claims " + file, text("--claims " + file, in));
        } catch (IOException failed) {
            throw new CommandFailure(CommandFailure.USAGE, "--claims " + file + ": " + LocalFiles.reason(failed));
        }
    }

    private static ClaimsInput claims(String where, String text) throws CommandFailure {
        return ClaimsInput.of(
                where,
                JsonObjects.object(text)
                        .orElseThrow(() -> new CommandFailure(
                                CommandFailure.USAGE,
                                where + ": this is not a JSON object with claims; a token is given with --token -")));
    }

    private static String text(String where, InputStream in) throws CommandFailure {
        try {
            byte[] bytes = in.readNBytes(JwtText.LIMIT + 1);
            if (bytes.length > JwtText.LIMIT) {
                throw new CommandFailure(CommandFailure.USAGE, where + ": more than " + JwtText.LIMIT + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new CommandFailure(CommandFailure.USAGE, where + ": " + LocalFiles.reason(failed));
        }
    }

    /**
     * The claims that a user gives in place of a token.
     *
     * @param claims as a policy sees them
     * @param payload as they were given
     */
    record ClaimsInput(Claims claims, JsonObject payload) {

        private static final BigDecimal LEEWAY = BigDecimal.valueOf(300);

        static ClaimsInput of(String where, JsonObject payload) throws CommandFailure {
            return new ClaimsInput(
                    Claims.of(JsonObjects.values(payload))
                            .orElseThrow(() -> new CommandFailure(
                                    CommandFailure.REFUSED,
                                    where + ": iss or sub is missing, or no text: no service takes such a token")),
                    payload);
        }

        /**
         * The reason why the service refuses the token before it reads the policy.
         *
         * @param moment when the token is shown to the service
         */
        Optional<String> refusedBefore(Instant moment) {
            var seconds = BigDecimal.valueOf(moment.getEpochSecond());
            if (!Formats.isIssuer(claims.issuer())) {
                return Optional.of("an https address without query and fragment is wanted, not the issuer \""
                        + claims.issuer() + "\"");
            }
            if (payload.get("exp") instanceof JsonNumber expiry
                    && expiry.bigDecimalValue().compareTo(seconds) <= 0) {
                return Optional.of("the token has expired" + when(expiry, moment)
                        + "; request a new one, or say with --at for which time to explain it");
            }
            if (payload.get("nbf") instanceof JsonNumber start
                    && start.bigDecimalValue().compareTo(seconds.add(LEEWAY)) > 0) {
                return Optional.of("the token is not valid yet" + when(start, moment));
            }
            return Optional.empty();
        }

        /** Empty for a number that is no time. */
        private static String when(JsonNumber time, Instant moment) {
            return JwtText.moment(time, moment).map(text -> " (" + text + ")").orElse("");
        }
    }
}
