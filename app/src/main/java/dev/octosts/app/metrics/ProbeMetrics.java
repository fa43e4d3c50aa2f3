package dev.octosts.app.metrics;

import dev.octosts.probers.probe.ProbeCheck;
import dev.octosts.probers.probe.ProbeReport;
import dev.octosts.probers.probe.Round;
import dev.octosts.probers.probe.RoundTally;
import java.util.List;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Metrics of the rounds of the service's own prober, under the names that a separate prober exports. */
public final class ProbeMetrics {

    private static final Metadata ROUNDS =
            Meters.described("octosts_probe_rounds_total", "Rounds of checks, by how they ended.");
    private static final Metadata CHECKS = Meters.described("octosts_probe_checks_total", "Checks, by how they ended.");
    private static final Metadata CHECK_TIMES =
            Meters.described("octosts_probe_check_seconds", "How long each check of the last round took.");
    private static final Metadata FAILURES =
            Meters.described("octosts_probe_failures_in_a_row", "Rounds that did not pass, since the last that did.");
    private static final Metadata LAST_ROUND =
            Meters.described("octosts_probe_last_round_timestamp_seconds", "When the last round began.");

    private static final double MILLIS = 1_000.0;

    private final MetricRegistry registry;

    /** Counters begin at 0, so that the first alarm is a visible rise. */
    public ProbeMetrics(MetricRegistry registry, RoundTally tally) {
        this.registry = registry;
        for (Round round : tally.rounds()) {
            RoundTally.ROUND_OUTCOMES.forEach(outcome -> registry.counter(ROUNDS, tags(round, outcome)));
            for (var check : round.checks()) {
                List.of("passed", "failed", "breached")
                        .forEach(outcome -> registry.counter(CHECKS, tags(round, outcome, check.toString())));
                registry.gauge(
                        CHECK_TIMES,
                        tally,
                        of -> seconds(of, round, check),
                        new Tag("round", round.toString()),
                        new Tag("check", check.toString()));
            }
            registry.gauge(FAILURES, tally, of -> of.failuresInARow(round), new Tag("round", round.toString()));
            registry.gauge(
                    LAST_ROUND,
                    tally,
                    of -> of.last(round)
                            .map(report -> report.begun().getEpochSecond())
                            .orElse(0L),
                    new Tag("round", round.toString()));
        }
    }

    public void count(ProbeReport report) {
        registry.counter(ROUNDS, tags(report.round(), RoundTally.outcome(report)))
                .inc();
        report.results()
                .forEach(result -> registry.counter(
                                CHECKS,
                                tags(
                                        report.round(),
                                        result.outcome().kind(),
                                        result.check().toString()))
                        .inc());
    }

    private static double seconds(RoundTally tally, Round round, ProbeCheck check) {
        return tally.last(round).stream()
                .flatMap(report -> report.results().stream())
                .filter(result -> result.check() == check)
                .mapToDouble(result -> result.took().toMillis() / MILLIS)
                .findFirst()
                .orElse(0);
    }

    private static Tag[] tags(Round round, String outcome) {
        return new Tag[] {new Tag("round", round.toString()), new Tag("outcome", outcome)};
    }

    private static Tag[] tags(Round round, String outcome, String check) {
        return new Tag[] {new Tag("round", round.toString()), new Tag("outcome", outcome), new Tag("check", check)};
    }
}
