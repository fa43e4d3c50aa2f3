package dev.octosts.sandbox.loss;

import dev.octosts.sandbox.report.TextTable;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
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
        out.println(table().text(markdown));
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
        TextTable table = table();
        IntStream.range(0, results.size())
                .forEach(row -> faults.add(table.json(row)
                        .add("broken", Json.createArrayBuilder(results.get(row).broken()))));
        return Json.createObjectBuilder().add("faults", faults).build();
    }

    private TextTable table() {
        return new TextTable(HEAD, results.stream().map(LossReport::row).toList());
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
}
