package dev.octosts.app.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of the service's self-probe.
 *
 * @param scope {@code owner/repository}, or {@code owner}
 * @param identity the policy that trusts this workload
 * @param otherIdentity a policy in the same scope that trusts another workload only
 * @param interval the pause between rounds
 * @param tokens where this workload's identity tokens come from
 */
public record SelfProbeSettings(
        String scope, String identity, Optional<String> otherIdentity, Duration interval, Tokens tokens) {

    static final String SWITCH = "OCTOSTS_SELF_PROBE";
    private static final String INTERVAL = "OCTOSTS_SELF_PROBE_INTERVAL";
    private static final String TOKENS = "OCTOSTS_SELF_PROBE_TOKENS";
    private static final String TOKEN_FILE = "OCTOSTS_TOKEN_FILE";
    private static final Duration SHORTEST = Duration.ofSeconds(10);

    /** The source of this workload's identity tokens. */
    public sealed interface Tokens {

        /** A file, such as a projected token of Kubernetes. */
        record File(Path path) implements Tokens {}

        /** The token service of a platform. */
        enum Platform implements Tokens {
            GOOGLE,
            AZURE,
            AWS
        }
    }

    /** The settings; empty when the self-probe is off, or after a fault. */
    static Optional<SelfProbeSettings> read(Variables variables) {
        if (!variables.value(SWITCH, false, GoValues::bool)) {
            return Optional.empty();
        }
        var scope = required(variables, "PROBER_SCOPE", "the owner/repository whose policy trusts this service");
        var identity = required(variables, "PROBER_IDENTITY", "the name of the policy that trusts this service");
        var interval = variables.value(INTERVAL, Duration.ofMinutes(5), SelfProbeSettings::interval);
        return tokens(variables)
                .map(tokens -> new SelfProbeSettings(
                        scope, identity, variables.text("PROBER_OTHER_IDENTITY"), interval, tokens));
    }

    private static String required(Variables variables, String name, String what) {
        var text = variables.text(name);
        if (text.isEmpty()) {
            variables.refuse(name, "not set; " + SWITCH + " needs it: " + what);
        }
        return text.orElse("");
    }

    private static Duration interval(String text) {
        var interval = GoValues.duration(text);
        if (interval.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(SettingFault.quoted(text) + " is too short; give 10s or more");
        }
        return interval;
    }

    private static Optional<Tokens> tokens(Variables variables) {
        var fallback = variables.text(TOKEN_FILE).isPresent() ? "file" : "google";
        return switch (variables.text(TOKENS).orElse(fallback)) {
            case "file" -> file(variables);
            case "google" -> Optional.of(Tokens.Platform.GOOGLE);
            case "azure" -> Optional.of(Tokens.Platform.AZURE);
            case "aws" -> Optional.of(Tokens.Platform.AWS);
            case String other -> {
                variables.refuse(TOKENS, SettingFault.quoted(other) + " is not known; give file, google, azure or aws");
                yield Optional.empty();
            }
        };
    }

    private static Optional<Tokens> file(Variables variables) {
        if (variables.text(TOKEN_FILE).isEmpty()) {
            variables.refuse(TOKEN_FILE, "not set; " + TOKENS + "=file needs it: where this workload's token is");
        }
        return variables.value(TOKEN_FILE, text -> {
            try {
                return new Tokens.File(Path.of(text));
            } catch (InvalidPathException _) {
                throw new IllegalArgumentException("this is not a path");
            }
        });
    }
}
