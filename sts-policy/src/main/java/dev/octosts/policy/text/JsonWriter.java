package dev.octosts.policy.text;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes JSON with indentation, from texts, numbers, booleans, lists and maps. */
public final class JsonWriter {
    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();
    private final boolean ascii;

    private JsonWriter(boolean ascii) {
        this.ascii = ascii;
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
     * The value for the output of a command: in ASCII, so that it is correct in every locale of the caller, without a
     * command for a build ({@code ##[}), and with each element of a list on a line of its own.
     *
     * @param value of texts, numbers, booleans, lists and maps
     * @param newline the line break, and the indentation of the lines after the first
     */
    public static String ascii(Object value, String newline) {
        var json = new JsonWriter(true);
        json.append(value, newline);
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
        boolean flat = !ascii && list.stream().noneMatch(each -> each instanceof Map || each instanceof List);
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
                default -> {
                    if (isEscaped(value, i)) {
                        text.append("\\u%04x".formatted((int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    private boolean isEscaped(String value, int at) {
        char c = value.charAt(at);
        return c < ' ' || c == 0x7f || (ascii && (c > 0x7f || (c == '[' && value.startsWith("##", at - 2))));
    }
}
