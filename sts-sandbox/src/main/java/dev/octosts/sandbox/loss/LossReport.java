package dev.octosts.sandbox.loss;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes the results as a table: one line for each fault. */
final class LossReport {

    private static final double NANOS = 1e9;
    private static final List<String> HEAD = List.of(
            "fault",
            "exchanges",
            "granted",
            "503",
            "other",
            "no answer",
            "minted",
            "records",
            "missing",
            "extra",
            "adrift",
            "outage s",
            "promises");

    private final AuditTrialPlan plan;
    private final List<LossResult> results;

    LossReport(AuditTrialPlan plan, List<LossResult> results) {
        this.plan = plan;
        this.results = List.copyOf(results);
    }

    void print(PrintStream out, boolean markdown) {
        var rows = new ArrayList<List<String>>();
        rows.add(HEAD);
        results.forEach(result -> rows.add(row(result)));
        out.print(markdown ? markdown(rows) : aligned(rows));
        out.println();
        out.println(results.stream().filter(LossResult::kept).count() + " of " + results.size()
                + " faults left every promise kept, at " + plan.rate() + " exchanges a second, " + plan.replicas()
                + " replicas, OCTOSTS_AUDIT=" + (plan.durable() ? "durable" : "async") + ".");
        results.stream()
                .filter(result -> !result.kept())
                .forEach(result ->
                        out.println("- " + result.fault().name() + ": " + String.join("; ", result.broken())));
    }

    /** The table for programs: for each fault its cells by their heads, and the promises that were broken. */
    JsonObject json() {
        var faults = Json.createArrayBuilder();
        for (var result : results) {
            var cells = row(result);
            var fault = Json.createObjectBuilder();
            IntStream.range(0, HEAD.size()).forEach(column -> fault.add(HEAD.get(column), cells.get(column)));
            faults.add(fault.add("broken", Json.createArrayBuilder(result.broken())));
        }
        return Json.createObjectBuilder().add("faults", faults).build();
    }

    private static List<String> row(LossResult result) {
        var account = result.account();
        var ledger = result.ledger();
        return List.of(
                result.fault().name(),
                Long.toString(account.exchanges()),
                Integer.toString(account.handedOut().size()),
                Long.toString(account.unavailable()),
                Long.toString(account.otherwise()),
                Long.toString(account.unanswered()),
                Integer.toString(ledger.revoked().size()),
                Integer.toString(ledger.granted().size()),
                Long.toString(ledger.missing()),
                Long.toString(ledger.extra()),
                Long.toString(ledger.adrift()),
                String.format(Locale.ROOT, "%.1f", account.longestOutage().toNanos() / NANOS),
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
}
