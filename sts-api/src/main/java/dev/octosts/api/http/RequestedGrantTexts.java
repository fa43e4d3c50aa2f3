package dev.octosts.api.http;

import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the subset of a grant that a caller asks for. An empty item between commas is refused and not skipped: a caller
 * who asks for less by mistake asks again, but a caller who gets more by mistake does not notice.
 */
final class RequestedGrantTexts {

    /** GitHub has fewer. */
    private static final int MAXIMUM_PERMISSIONS = 100;

    /** GitHub's own bound for one token. */
    private static final int MAXIMUM_REPOSITORIES = 500;

    private static final int MAXIMUM_SHOWN = 120;
    private static final Pattern PERMISSION = Pattern.compile("([a-z0-9_]{1,64}) *[:=] *(read|write|admin)");
    /** The grammar is that of GitHubNames in the policy module, which this module does not see. */
    private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private RequestedGrantTexts() {}

    /** Reads {@code contents:read,issues:write}; {@code contents=read} and {@code contents: read} are the same. */
    static Map<String, String> permissions(String text) throws InvalidRequestException {
        var levels = new LinkedHashMap<String, String>();
        for (String item : items("permissions", text, MAXIMUM_PERMISSIONS)) {
            var permission = PERMISSION.matcher(item);
            if (!permission.matches()) {
                throw new InvalidRequestException(
                        shown(item) + " is not a permission with a level (read, write, admin), such as contents:read");
            }
            if (levels.put(permission.group(1), permission.group(2)) != null) {
                throw new InvalidRequestException("permissions name " + permission.group(1) + " twice");
            }
        }
        return levels;
    }

    /** Reads {@code a,b}; two spellings of a name are one repository. */
    static List<String> repositories(String text) throws InvalidRequestException {
        var names = new TreeMap<String, String>();
        for (String item : items("repositories", text, MAXIMUM_REPOSITORIES)) {
            if (!REPOSITORY.matcher(item).matches() || item.equals(".") || item.equals("..")) {
                throw new InvalidRequestException(
                        shown(item) + " is not the name of a repository; give it without its owner");
            }
            names.putIfAbsent(item.toLowerCase(Locale.ROOT), item);
        }
        return List.copyOf(names.values());
    }

    /** The same text, from the forms that JSON has for it: a string, an object of levels, a list of names. */
    static String ofJson(String name, JsonValue value) throws InvalidRequestException {
        return switch (value.getValueType()) {
            case STRING -> ((JsonString) value).getString();
            case OBJECT ->
                joined(
                        name,
                        value.asJsonObject().entrySet().stream()
                                .map(entry -> string(entry.getValue()).map(level -> entry.getKey() + ":" + level)));
            case ARRAY -> joined(name, value.asJsonArray().stream().map(RequestedGrantTexts::string));
            case NUMBER, TRUE, FALSE, NULL -> throw unexpected(name);
        };
    }

    private static Optional<String> string(JsonValue value) {
        return value instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }

    private static String joined(String name, Stream<Optional<String>> items) throws InvalidRequestException {
        List<Optional<String>> all = items.toList();
        if (all.stream().anyMatch(Optional::isEmpty)) {
            throw unexpected(name);
        }
        return all.stream().map(Optional::orElseThrow).collect(Collectors.joining(","));
    }

    private static InvalidRequestException unexpected(String name) {
        return new InvalidRequestException("the JSON field \"" + name + "\" is not a text, and not "
                + (name.equals("permissions") ? "an object of levels by name" : "a list of names"));
    }

    private static List<String> items(String name, String text, int maximum) throws InvalidRequestException {
        List<String> items = Stream.of(text.split(",", -1)).map(String::strip).toList();
        if (items.contains("")) {
            throw new InvalidRequestException("there is nothing in " + name + ", or nothing between two commas of it;"
                    + " leave it out for all that the policy gives");
        }
        if (items.size() > maximum) {
            throw new InvalidRequestException("too many " + name + ": at most " + maximum + " are read");
        }
        return items;
    }

    private static String shown(String item) {
        return "\"" + (item.length() > MAXIMUM_SHOWN ? item.substring(0, MAXIMUM_SHOWN) + "…" : item) + "\"";
    }
}
