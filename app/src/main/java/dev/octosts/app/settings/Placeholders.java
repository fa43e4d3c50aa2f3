package dev.octosts.app.settings;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Variables in the texts of a file, written as <code>${NAME}</code>. One that is not set stands for nothing, as in
 * existing files, and that is easily overlooked: the messages about a text name the variables in it that are not set.
 */
final class Placeholders {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

    private final Variables variables;
    private final Set<String> unset = new TreeSet<>();

    Placeholders(Variables variables) {
        this.variables = variables;
    }

    /** The text with values. This runs after parsing, so that the value of a variable is never read as YAML. */
    String expanded(String text) {
        return VARIABLE.matcher(text).replaceAll(found -> {
            var value = variables.text(found.group(1));
            if (value.isEmpty()) {
                unset.add(found.group(1));
            }
            return Matcher.quoteReplacement(value.orElse(""));
        });
    }

    /** What is not set of the variables in some texts of a mapping, in brackets; empty when all are. */
    String unsetIn(Map<String, Object> mapping, String... keys) {
        var names = new TreeSet<String>();
        for (String key : keys) {
            VARIABLE.matcher(String.valueOf(mapping.get(key)))
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> variables.text(name).isEmpty())
                    .forEach(names::add);
        }
        return names.isEmpty() ? "" : " (" + shown(names) + ")";
    }

    /** What was not set of all variables so far. */
    Optional<String> unset() {
        return unset.isEmpty() ? Optional.empty() : Optional.of(shown(unset));
    }

    private static String shown(Set<String> names) {
        return names.stream().map(name -> "${" + name + "}").collect(Collectors.joining(", "))
                + (names.size() == 1 ? " is" : " are") + " not set in the environment, and so empty";
    }
}
