package dev.octosts.sandbox.report;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table of texts.
 *
 * @param head what the columns are called
 * @param rows a cell for each column
 */
public record TextTable(List<String> head, List<List<String>> rows) {

    public TextTable {
        head = List.copyOf(head);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** The table as text: in Markdown, or in columns of equal width, of which the first one is aligned left. */
    public String text(boolean markdown) {
        return markdown ? markdown() : aligned();
    }

    /** A row as an object, whose members are called as the columns. */
    public JsonObjectBuilder json(int row) {
        var object = Json.createObjectBuilder();
        IntStream.range(0, head.size())
                .forEach(column -> object.add(head.get(column), rows.get(row).get(column)));
        return object;
    }

    private Stream<List<String>> lines() {
        return Stream.concat(Stream.of(head), rows.stream());
    }

    private String markdown() {
        var lines = lines().map(row -> "| " + String.join(" | ", row) + " |")
                .collect(Collectors.toCollection(ArrayList::new));
        lines.add(1, "|" + "---|".repeat(head.size()));
        return String.join("\n", lines) + "\n";
    }

    private String aligned() {
        String format = IntStream.range(0, head.size())
                .mapToObj(column -> (column == 0 ? "%-" : "%")
                        + lines().mapToInt(row -> row.get(column).length())
                                .max()
                                .orElse(0) + "s")
                .collect(Collectors.joining("  "));
        return lines().map(row -> format.formatted(row.toArray())).collect(Collectors.joining("\n", "", "\n"));
    }
}
