package dev.octosts.app.cli;

import dev.octosts.app.cli.usage.MaskedText;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Permissions as people write them: {@code contents: read} as in a policy, {@code contents=read},
 * {@code contents:read}. Commas separate several.
 */
public final class PermissionList {

    private PermissionList() {}

    /**
     * The levels by name; neither is looked up.
     *
     * @param option the name of the option, for messages
     * @param texts the values of the option, each with one permission or several
     */
    public static SortedMap<String, String> read(String option, List<String> texts) throws CommandFailure {
        var levels = new TreeMap<String, String>();
        for (String item : texts.stream().flatMap(PermissionList::items).toList()) {
            int end = separator(item);
            if (end <= 0 || end == item.length() - 1) {
                throw new CommandFailure(
                        CommandFailure.USAGE,
                        option + ": " + MaskedText.argument(item)
                                + " is not a permission with its level, such as contents=read or \"contents: read\"");
            }
            var name = item.substring(0, end).strip();
            if (levels.put(name, item.substring(end + 1).strip()) != null) {
                throw new CommandFailure(
                        CommandFailure.USAGE, option + ": " + MaskedText.argument(name) + " is given twice");
            }
        }
        return levels;
    }

    /** The same in the form that services read. They judge names, levels and what is no permission at all. */
    static String forService(List<String> texts) {
        return texts.stream()
                .flatMap(PermissionList::items)
                .map(item -> {
                    int end = separator(item);
                    return end < 0
                            ? item
                            : item.substring(0, end).strip()
                                    + ":"
                                    + item.substring(end + 1).strip();
                })
                .collect(Collectors.joining(","));
    }

    private static Stream<String> items(String text) {
        return Stream.of(text.split(",", -1)).map(String::strip);
    }

    /** The first colon or equals sign; negative when there is neither. */
    private static int separator(String item) {
        int colon = item.indexOf(':');
        int equals = item.indexOf('=');
        return colon < 0 || (equals >= 0 && equals < colon) ? equals : colon;
    }
}
