package dev.octosts.sandbox.trial;

import dev.octosts.sandbox.report.TextTable;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
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
        out.println(table().text(markdown));
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
        TextTable table = table();
        IntStream.range(0, results.size())
                .forEach(row -> attacks.add(table.json(row)
                        .add("broken", Json.createArrayBuilder(results.get(row).broken()))));
        return Json.createObjectBuilder().add("attacks", attacks).build();
    }

    private TextTable table() {
        return new TextTable(HEAD, results.stream().map(TrialReport::row).toList());
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
