package dev.octosts.sandbox.trial;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes the results as a table: one line for each attack. */
final class TrialReport {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final List<String> HEAD = List.of(
            "attack",
            "failed",
            "p50 ms",
            "p99 ms",
            "health ms",
            "RSS MB",
            "delivery",
            "counted",
            "p50 after",
            "RSS after",
            "sockets before/after",
            "promises");

    private final List<AttackResult> results;

    TrialReport(List<AttackResult> results) {
        this.results = List.copyOf(results);
    }

    void print(PrintStream out, boolean markdown) {
        var rows = new ArrayList<List<String>>();
        rows.add(HEAD);
        results.forEach(result -> rows.add(row(result)));
        out.print(markdown ? markdown(rows) : aligned(rows));
        out.println();
        long kept = results.stream().filter(AttackResult::kept).count();
        out.println(kept + " of " + results.size() + " attacks left every promise kept: no exchange of the quiet tenant"
                + " fails, p99 and /health/live stay under 1 s, memory under "
                + (AttackResult.MOST_MEMORY >> 20) + " MB, and ten seconds later the service is as before.");
        results.stream()
                .filter(result -> !result.kept())
                .forEach(result ->
                        out.println("- " + result.attack().name() + ": " + String.join("; ", result.broken())));
    }

    /** The table for programs: for each attack its cells by their heads, and the promises that were broken. */
    JsonObject json() {
        var attacks = Json.createArrayBuilder();
        for (AttackResult result : results) {
            var cells = row(result);
            var attack = Json.createObjectBuilder();
            IntStream.range(0, HEAD.size()).forEach(column -> attack.add(HEAD.get(column), cells.get(column)));
            attacks.add(attack.add("broken", Json.createArrayBuilder(result.broken())));
        }
        return Json.createObjectBuilder().add("attacks", attacks).build();
    }

    private static List<String> row(AttackResult result) {
        var during = result.during();
        var after = result.after();
        return List.of(
                result.attack().name(),
                during.failures() + "/" + during.exchanges(),
                millis(during.latency(50)),
                millis(during.latency(99)),
                during.healthFailures() > 0 ? "failed" : millis(during.slowestHealth()),
                Long.toString(during.mostMemory() >> 20),
                result.removed().granted() ? "lost" : "held",
                result.counted().map(one -> one.count() + "/" + one.most()).orElse(""),
                millis(after.latency(50)),
                megabytes(result.processAfter().resident()),
                number(result.processBefore().sockets()) + "/"
                        + number(result.processAfter().sockets()),
                result.kept() ? "kept" : "BROKEN");
    }

    private static String markdown(List<List<String>> rows) {
        var lines = rows.stream()
                .map(row -> "| " + String.join(" | ", row) + " |")
                .collect(Collectors.toCollection(ArrayList::new));
        lines.add(1, "|" + "---|".repeat(HEAD.size()));
        return String.join("\n", lines) + "\n";
    }

    private static String aligned(List<List<String>> rows) {
        var widths = IntStream.range(0, HEAD.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, widths.length)
                        .mapToObj(column -> (column == 0 ? "%-" : "%") + widths[column] + "s")
                        .collect(Collectors.joining("  "))
                        .formatted(row.toArray()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.0f", duration.toNanos() / NANOS_PER_MILLI);
    }

    private static String megabytes(OptionalLong bytes) {
        return bytes.isPresent() ? Long.toString(bytes.getAsLong() >> 20) : "?";
    }

    private static String number(OptionalLong value) {
        return value.isPresent() ? Long.toString(value.getAsLong()) : "?";
    }
}
