package dev.octosts.policy.preset;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text with parameter names in braces.
 *
 * @param text such as {@code repo:{owner}/{repository}}
 */
record Template(String text) {
    private static final Pattern NAME = Pattern.compile("\\{([a-z_]+)\\}");

    /** The text with the parameters' values; empty when one is missing. */
    Optional<String> filled(Map<String, String> parameters, UnaryOperator<String> escape) {
        if (NAME.matcher(text).results().anyMatch(name -> !parameters.containsKey(name.group(1)))) {
            return Optional.empty();
        }
        return Optional.of(NAME.matcher(text)
                .replaceAll(
                        name -> Matcher.quoteReplacement(escape.apply(parameters.getOrDefault(name.group(1), "")))));
    }

    /** The parameters with which the text is that value. */
    Optional<Map<String, String>> parametersOf(String value) {
        var names = NAME.matcher(text).results().map(name -> name.group(1)).toList();
        String literals = NAME.splitAsStream(text + "\0").map(Pattern::quote).collect(Collectors.joining("(.+?)"));
        Matcher matcher = Pattern.compile(literals).matcher(value + "\0");
        if (!matcher.matches()) {
            return Optional.empty();
        }
        MatchResult found = matcher.toMatchResult();
        var parameters = new LinkedHashMap<String, String>();
        for (int i = 0; i < names.size(); i++) {
            parameters.put(names.get(i), found.group(i + 1));
        }
        return Optional.of(parameters);
    }
}
