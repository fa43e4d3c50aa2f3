package dev.octosts.app.cli.policy.report;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON in ASCII. The output is correct in every locale of the caller, and contains no command for a build
 * ({@code ##[}).
 */
final class JsonText {

    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    /**
     * The value as JSON; every line but the first is indented by that many steps.
     *
     * @param value of texts, numbers, booleans, lists and maps
     */
    static String of(Object value, int steps) {
        var json = new JsonText();
        json.append(value, System.lineSeparator() + INDENT.repeat(steps));
        return json.text.toString();
    }

    private void append(Object value, String newline) {
        switch (value) {
            case Map<?, ?> map -> members(map.entrySet().iterator(), newline);
            case List<?> list -> elements(list.iterator(), newline);
            case Number number -> text.append(number);
            case Boolean truth -> text.append(truth);
            default -> string(String.valueOf(value));
        }
    }

    private void members(Iterator<? extends Map.Entry<?, ?>> members, String newline) {
        text.append('{');
        while (members.hasNext()) {
            var member = members.next();
            text.append(newline).append(INDENT);
            string(String.valueOf(member.getKey()));
            text.append(": ");
            append(member.getValue(), newline + INDENT);
            text.append(members.hasNext() ? "," : newline);
        }
        text.append('}');
    }

    private void elements(Iterator<?> elements, String newline) {
        text.append('[');
        while (elements.hasNext()) {
            text.append(newline).append(INDENT);
            append(elements.next(), newline + INDENT);
            text.append(elements.hasNext() ? "," : newline);
        }
        text.append(']');
    }

    private void string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c == '\n') {
                text.append("\\n");
            } else if (c < ' ' || c > '~' || (c == '[' && value.startsWith("##", i - 2))) {
                text.append("\\u%04x".formatted((int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
