package dev.octosts.probers.probe;

import java.util.List;
import java.util.Locale;

/**
 * Writes a tally for Prometheus. The labels contain our own names only, which need no escaping.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus: exposition formats</a>
 */
final class RoundTallyText {

    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final List<String> OUTCOMES = List.of("passed", "skipped", "failed", "breached");
    private static final double MILLIS = 1_000.0;

    private final RoundTally tally;
    private final StringBuilder text = new StringBuilder();

    private RoundTallyText(RoundTally tally) {
        this.tally = tally;
    }

    static String of(RoundTally tally) {
        return new RoundTallyText(tally).text();
    }

    private String text() {
        head("octosts_probe_rounds_total", "counter", "Rounds of checks, by how they ended.");
        for (var round : tally.rounds()) {
            for (var outcome : RoundTally.ROUND_OUTCOMES) {
                line(
                        "octosts_probe_rounds_total{round=\"%s\",outcome=\"%s\"}".formatted(round, outcome),
                        tally.roundsOf(round, outcome));
            }
        }
        head("octosts_probe_checks_total", "counter", "Checks, by how they ended.");
        for (var round : tally.rounds()) {
            for (var check : round.checks()) {
                for (var outcome : OUTCOMES) {
                    line(
                            "octosts_probe_checks_total{round=\"%s\",check=\"%s\",outcome=\"%s\"}"
                                    .formatted(round, check, outcome),
                            tally.checksOf(round, check, outcome));
                }
            }
        }
        head("octosts_probe_failures_in_a_row", "gauge", "Rounds that did not pass, since the last that did.");
        tally.rounds()
                .forEach(round -> line("octosts_probe_failures_in_a_row" + label(round), tally.failuresInARow(round)));
        lastRounds();
        return text.toString();
    }

    private void lastRounds() {
        var last = tally.rounds().stream()
                .flatMap(round -> tally.last(round).stream())
                .toList();
        head("octosts_probe_check_seconds", "gauge", "How long each check of the last round took.");
        last.forEach(report -> report.results()
                .forEach(result -> line(
                        "octosts_probe_check_seconds{round=\"%s\",check=\"%s\"}"
                                .formatted(report.round(), result.check()),
                        Seconds.of(result.took()))));
        head("octosts_probe_round_seconds", "gauge", "How long the last round took.");
        last.forEach(report -> line("octosts_probe_round_seconds" + label(report.round()), Seconds.of(report.took())));
        head("octosts_probe_round_calls", "gauge", "HTTP calls of the last round.");
        last.forEach(report -> line("octosts_probe_round_calls" + label(report.round()), report.calls()));
        head("octosts_probe_last_round_timestamp_seconds", "gauge", "When the last round began.");
        last.forEach(report -> line(
                "octosts_probe_last_round_timestamp_seconds" + label(report.round()),
                report.begun().toEpochMilli() / MILLIS));
    }

    private static String label(Round round) {
        return "{round=\"" + round + "\"}";
    }

    private void head(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void line(String series, long value) {
        text.append(series).append(' ').append(value).append('\n');
    }

    private void line(String series, double value) {
        text.append(series)
                .append(' ')
                .append(String.format(Locale.ROOT, "%.3f", value))
                .append('\n');
    }
}
