package dev.octosts.policy.text;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes JSON. */
public final class JsonWriter {
    private final StringBuilder text = new StringBuilder();

    private JsonWriter() {}

    /**
     * The value as indented text with a line break at its end.
     *
     * @param value of texts, numbers, booleans, lists and maps
     */
    public static String write(Object value) {
        var json = new JsonWriter();
        json.append(value, "\n");
        return json.text.append('\n').toString();
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
            text.append(newline).append("  ");
            string(String.valueOf(entry.getKey()));
            text.append(": ");
            append(entry.getValue(), newline + "  ");
            text.append(i.hasNext() ? "," : newline);
        }
        text.append('}');
    }

    private void list(List<?> list, String newline) {
        boolean flat = list.stream().noneMatch(each -> each instanceof Map || each instanceof List);
        text.append('[');
        for (int i = 0; i < list.size(); i++) {
            String separator = i == 0 ? "" : flat ? ", " : ",";
            text.append(separator).append(flat ? "" : newline + "  ");
            append(list.get(i), newline + "  ");
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
                default -> text.append(c < ' ' || c == 0x7f ? "\\u%04x".formatted((int) c) : String.valueOf(c));
            }
        }
        text.append('"');
    }
}
