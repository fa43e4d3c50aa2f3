package dev.octosts.probers.probe;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a report for people, and for programs. */
public final class ReportText {

    private static final double MILLIS = 1_000.0;

    private ReportText() {}

    /** One line a check, with its time, and a last one for the whole. */
    public static String lines(ProbeReport report) {
        return report.results().stream()
                .map(ReportText::line)
                .collect(Collectors.joining("\n", "", "\n" + summary(report)));
    }

    /** The round in a line. */
    public static String summary(ProbeReport report) {
        return "%s: %s, %d calls, %s"
                .formatted(
                        report.round(),
                        report.isBreached() ? "BREACHED" : RoundTally.outcome(report),
                        report.calls(),
                        text(report.took()));
    }

    private static String line(ProbeReport.CheckResult result) {
        var outcome = result.outcome();
        var kind = outcome instanceof CheckOutcome.Breached ? outcome.kind().toUpperCase(Locale.ROOT) : outcome.kind();
        var line = "%-8s  %-18s  %9s".formatted(kind, result.check(), text(result.took()));
        return switch (outcome) {
            case CheckOutcome.Passed _ -> line;
            case CheckOutcome.Skipped(var reason) -> line + "  " + reason;
            case CheckOutcome.Failed _, CheckOutcome.Breached _ ->
                line + "  " + outcome.detail() + "; expected: " + result.check().expected();
        };
    }

    /** The report as a JSON object. */
    public static JsonObject json(ProbeReport report) {
        var checks = Json.createArrayBuilder();
        report.results().forEach(result -> {
            var check = Json.createObjectBuilder()
                    .add("check", result.check().toString())
                    .add("outcome", result.outcome().kind())
                    .add("seconds", seconds(result.took()))
                    .add("expected", result.check().expected())
                    .add("seen", result.outcome().detail());
            result.outcome().request().ifPresent(id -> check.add("request_id", id));
            checks.add(check);
        });
        return Json.createObjectBuilder()
                .add("round", report.round().toString())
                .add("outcome", RoundTally.outcome(report))
                .add("time", report.begun().toString())
                .add("seconds", seconds(report.took()))
                .add("calls", report.calls())
                .add("checks", checks)
                .build();
    }

    /** A duration in seconds, to the millisecond. */
    static double seconds(Duration duration) {
        return duration.toMillis() / MILLIS;
    }

    /** A duration for people: seconds, to the millisecond. */
    static String text(Duration duration) {
        return String.format(Locale.ROOT, "%.3f s", seconds(duration));
    }
}
