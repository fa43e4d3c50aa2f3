package dev.octosts.policy.text;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes JSON with indentation, from texts, numbers, booleans, lists and maps. */
public final class JsonWriter {
    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();
    private final boolean forBuilds;

    private JsonWriter(boolean forBuilds) {
        this.forBuilds = forBuilds;
    }

    /**
     * The value as a file: in Unicode, with a line break at its end, and each list of single values on one line.
     *
     * @param value of texts, numbers, booleans, lists and maps
     */
    public static String write(Object value) {
        var json = new JsonWriter(false);
        json.append(value, "\n");
        return json.text.append('\n').toString();
    }

    /**
     * The value as indented text for the output of a command: in ASCII, so that it is correct in every locale, with the
     * system's line breaks, each element of a list on its own line, and without a command for a build ({@code ##[}).
     *
     * @param value of texts, numbers, booleans, lists and maps
     * @param steps by how many steps every line but the first is indented
     */
    public static String forBuilds(Object value, int steps) {
        var json = new JsonWriter(true);
        json.append(value, System.lineSeparator() + INDENT.repeat(steps));
        return json.text.toString();
    }

    private void append(Object value, String newline) {
        switch (value) {
            case Map<?, ?> map -> map(map, newline);
            case List<?> list -> list(list, newline);
            case Number number -> text.append(number);
            case Boolean truth -> text.append(truth);
            default -> string(String.valueOf(value));
        }
    }

    private void map(Map<?, ?> map, String newline) {
        text.append('{');
        for (Iterator<? extends Map.Entry<?, ?>> i = map.entrySet().iterator(); i.hasNext(); ) {
            Map.Entry<?, ?> entry = i.next();
            text.append(newline).append(INDENT);
            string(String.valueOf(entry.getKey()));
            text.append(": ");
            append(entry.getValue(), newline + INDENT);
            text.append(i.hasNext() ? "," : newline);
        }
        text.append('}');
    }

    private void list(List<?> list, String newline) {
        boolean flat = !forBuilds && list.stream().noneMatch(each -> each instanceof Map || each instanceof List);
        text.append('[');
        for (int i = 0; i < list.size(); i++) {
            String separator = i == 0 ? "" : flat ? ", " : ",";
            text.append(separator).append(flat ? "" : newline + INDENT);
            append(list.get(i), newline + INDENT);
        }
        text.append(flat || list.isEmpty() ? "" : newline).append(']');
    }

    private void string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                default -> text.append(isEscaped(c, value, i) ? "\\u%04x".formatted((int) c) : String.valueOf(c));
            }
        }
        text.append('"');
    }

    private boolean isEscaped(char c, String value, int index) {
        return c < ' ' || c == 0x7f || (forBuilds && (c > '~' || (c == '[' && value.startsWith("##", index - 2))));
    }
}
