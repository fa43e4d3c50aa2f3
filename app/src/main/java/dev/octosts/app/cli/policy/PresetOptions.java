package dev.octosts.app.cli.policy;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.policy.preset.Preset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The parameters of a preset as options of its command.
 *
 * @param command the command that was called
 */
record PresetOptions(Preset preset, CommandSpec command) {

    private static final String ISSUER = "issuer";
    private static final String DISCOVER = "--discover";

    /** Adds the options to a command. */
    static void add(Preset preset, CommandSpec command) {
        command.usageMessage()
                .header("Needs " + needed(preset) + ".")
                .description("Writes a policy for a workload with tokens as " + preset.documentation() + " has them.");
        int order = -2 - preset.parameters().size(); // in front of the options of every preset
        for (Preset.Parameter parameter : preset.parameters()) {
            command.addOption(OptionSpec.builder(option(parameter))
                    .type(String.class)
                    .paramLabel(parameter.name().toUpperCase(Locale.ROOT))
                    .required(parameter.required())
                    .order(order++)
                    .description(description(parameter))
                    .build());
        }
        if (preset.parameters().stream().anyMatch(parameter -> parameter.name().equals(ISSUER))) {
            command.addOption(OptionSpec.builder(DISCOVER)
                    .type(boolean.class)
                    .order(order)
                    .description("Ask the issuer's discovery document what the issuer calls itself; this is the only"
                            + " thing that needs the network.")
                    .build());
        }
    }

    private static String needed(Preset preset) {
        return preset.parameters().stream()
                .filter(Preset.Parameter::required)
                .map(PresetOptions::option)
                .collect(Collectors.joining(", "));
    }

    private static String description(Preset.Parameter parameter) {
        if (parameter.required()) {
            return "Such as " + parameter.example();
        }
        return parameter.example().isEmpty()
                ? "What the tokens have as aud, when it is not the service's own domain."
                : "Unless given: " + parameter.example();
    }

    static String option(Preset.Parameter parameter) {
        return "--" + parameter.name().replace('_', '-');
    }

    /**
     * The values that were given, by parameter.
     *
     * @throws IllegalArgumentException when the issuer to ask is missing, or is none
     */
    Map<String, String> values(CommandEnvironment environment) throws CommandFailure {
        var values = new LinkedHashMap<String, String>();
        for (Preset.Parameter parameter : preset.parameters()) {
            if (command.findOption(option(parameter)).getValue() instanceof String value) {
                values.put(parameter.name(), value);
            }
        }
        var discover = command.findOption(DISCOVER);
        if (discover != null && Boolean.TRUE.equals(discover.getValue())) {
            values.put(ISSUER, Discovery.issuer(environment, preset.value(ISSUER, values)));
        }
        return values;
    }

    /** A message with the option for the parameter that it begins with. */
    String named(String message) {
        return preset.parameters().stream()
                .filter(parameter -> message.startsWith(parameter.name() + " \""))
                .findFirst()
                .map(parameter ->
                        option(parameter) + message.substring(parameter.name().length()))
                .orElse(message);
    }
}
