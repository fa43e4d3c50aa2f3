package dev.octosts.app.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The variables as they were given, and the faults found in them. Empty means not set, as in existing environment
 * files.
 */
final class Variables {

    private final Map<String, String> given;
    private final List<SettingFault> faults = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();

    Variables(Map<String, String> given) {
        this.given = Map.copyOf(given);
    }

    /** The text of a variable; empty when it is not set or has an empty value. */
    Optional<String> text(String name) {
        return Optional.ofNullable(given.get(name)).filter(text -> !text.isEmpty());
    }

    /** Whether a variable is set, even to an empty value. */
    boolean mentions(String name) {
        return given.containsKey(name);
    }

    /** Everything that was given, for those who know names of their own. */
    Map<String, String> all() {
        return given;
    }

    Iterable<String> names() {
        return given.keySet().stream().sorted().toList();
    }

    /**
     * Converts a variable.
     *
     * @param fallback the value when the variable is not set, and after a fault
     * @param conversion throws {@link IllegalArgumentException} with the problem as its message
     */
    <T> T value(String name, T fallback, Function<String, T> conversion) {
        return value(name, conversion).orElse(fallback);
    }

    /** Converts a variable; empty when it is not set or faulty. */
    <T> Optional<T> value(String name, Function<String, T> conversion) {
        try {
            return text(name).map(conversion);
        } catch (IllegalArgumentException refused) {
            refuse(name, String.valueOf(refused.getMessage()));
            return Optional.empty();
        }
    }

    void refuse(String name, String problem) {
        faults.add(new SettingFault(name, problem));
    }

    /** Something for the operator to know, although the program starts. */
    void notice(String text) {
        notices.add(text);
    }

    List<String> notices() {
        return List.copyOf(notices);
    }

    List<SettingFault> faults() {
        return List.copyOf(faults);
    }
}
