package dev.octosts.policy.preset;

import dev.octosts.policy.Claims;
import dev.octosts.policy.Level;
import dev.octosts.policy.repository.PolicyKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A source of tokens, and the policy for one workload there. */
public final class Preset {
    private final String name;
    private final String documentation;
    private final PresetForm form;
    private final List<Parameter> parameters;

    Preset(String name, String documentation, PresetForm form, Parameter... parameters) {
        this.name = name;
        this.documentation = documentation;
        this.form = form;
        this.parameters = List.of(parameters);
    }

    /**
     * A value that is needed to write a policy.
     *
     * @param example a value that could be; empty when nothing is written unless it is given
     * @param required whether the example is not the default
     */
    public record Parameter(String name, String example, boolean required) {
        static Parameter of(String name, String example) {
            return new Parameter(name, example, true);
        }

        /** One that a policy need not have. */
        static Parameter optional(String name) {
            return new Parameter(name, "", false);
        }

        static Parameter withDefault(String name, String value) {
            return new Parameter(name, value, false);
        }
    }

    /**
     * The grant of a new policy.
     *
     * @param kind of policy file
     * @param permissions never empty
     * @param repositories bare names, for an organization policy
     */
    public record PresetGrant(PolicyKind kind, SortedMap<String, Level> permissions, List<String> repositories) {
        public PresetGrant {
            permissions = new TreeMap<>(permissions);
            repositories = List.copyOf(repositories);
        }
    }

    /**
     * The files of a new policy.
     *
     * @param policy the policy file's text
     * @param test the text of the test file next to it
     */
    public record PresetFiles(String policy, String test) {}

    /** Every preset. */
    public static List<Preset> all() {
        return PresetTable.ALL;
    }

    /** The preset with that name, such as {@code github-actions}. */
    public static Optional<Preset> named(String name) {
        return all().stream().filter(preset -> preset.name.equals(name)).findFirst();
    }

    /** The names of the presets that a token's issuer and subject fit, each with the parameters that the token has. */
    public static Map<String, Map<String, String>> fitting(Claims claims) {
        var fitting = new LinkedHashMap<String, Map<String, String>>();
        for (Preset preset : all()) {
            preset.form.parametersOf(claims).ifPresent(found -> fitting.put(preset.name, found));
        }
        return fitting;
    }

    /** The name in commands. */
    public String name() {
        return name;
    }

    /** The address of the provider's documentation of its tokens. */
    public String documentation() {
        return documentation;
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    /**
     * The value of a parameter in the form that a policy has.
     *
     * @param values as {@link #write} takes them
     * @throws IllegalArgumentException when it is missing, or cannot be such a value
     */
    public String value(String parameter, Map<String, String> values) {
        return checked(values).getOrDefault(parameter, "");
    }

    /**
     * A policy and its test.
     *
     * @param values of the parameters by name; those with a default may be missing
     * @param grant what the policy gives
     * @param domain the service's own, which tokens are meant for
     * @throws IllegalArgumentException when a required parameter is missing, unknown, or makes a policy that is not
     *     valid or that no token satisfies
     */
    public PresetFiles write(Map<String, String> values, PresetGrant grant, String domain) {
        return form.write(checked(values), grant, domain);
    }

    private Map<String, String> checked(Map<String, String> values) {
        var all = new LinkedHashMap<String, String>();
        for (Parameter parameter : parameters) {
            String value = values.get(parameter.name());
            if (value == null && parameter.required()) {
                throw new IllegalArgumentException(
                        "%s needs the parameter %s, such as %s".formatted(name, parameter.name(), parameter.example()));
            }
            all.put(
                    parameter.name(),
                    value == null
                            ? new PresetForm.Template(parameter.example())
                                    .filled(all, text -> text)
                                    .orElse(parameter.example())
                            : ParameterValues.of(name, parameter.name(), value, all));
        }
        for (String unknown : values.keySet()) {
            if (!all.containsKey(unknown)) {
                throw new IllegalArgumentException(
                        "%s has no parameter %s; it has %s".formatted(name, unknown, String.join(", ", all.keySet())));
            }
        }
        return all;
    }
}
