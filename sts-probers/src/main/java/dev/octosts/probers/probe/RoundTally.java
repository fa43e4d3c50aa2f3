package dev.octosts.probers.probe;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts the results of a prober's rounds. Safe for use by several threads. */
public final class RoundTally {

    /** The kinds of outcome of a round. */
    public static final List<String> ROUND_OUTCOMES = List.of("passed", "failed", "breached");

    private final Map<Round, Counts> counts = new EnumMap<>(Round.class);

    private static final class Counts {
        private final Map<String, Long> rounds = new HashMap<>();
        private final Map<ProbeCheck, Map<String, Long>> checks = new EnumMap<>(ProbeCheck.class);
        private int failuresInARow;
        private Optional<ProbeReport> last = Optional.empty();
    }

    /**
     * @param rounds the rounds that will be made: their counts begin at 0, so that the first alarm is a visible rise
     */
    public RoundTally(List<Round> rounds) {
        rounds.forEach(round -> counts.put(round, new Counts()));
    }

    /** The outcome of a round, in a word. */
    public static String outcome(ProbeReport report) {
        if (report.isBreached()) {
            return "breached";
        }
        return report.isPassed() ? "passed" : "failed";
    }

    public synchronized void count(ProbeReport report) {
        var of = counts.computeIfAbsent(report.round(), _ -> new Counts());
        of.rounds.merge(outcome(report), 1L, Long::sum);
        report.results()
                .forEach(result -> of.checks
                        .computeIfAbsent(result.check(), _ -> new HashMap<>())
                        .merge(result.outcome().kind(), 1L, Long::sum));
        of.failuresInARow = report.isPassed() ? 0 : of.failuresInARow + 1;
        of.last = Optional.of(report);
    }

    /** The rounds that are made. */
    public synchronized List<Round> rounds() {
        return List.copyOf(counts.keySet());
    }

    /** The latest report of a round. */
    public synchronized Optional<ProbeReport> last(Round round) {
        return Optional.ofNullable(counts.get(round)).flatMap(of -> of.last);
    }

    /** The number of rounds in a row that failed up to now, for the round where it is largest. */
    public synchronized int failuresInARow() {
        return counts.values().stream().mapToInt(of -> of.failuresInARow).max().orElse(0);
    }

    /** The number of rounds of this kind in a row that failed up to now. */
    public synchronized int failuresInARow(Round round) {
        return Optional.ofNullable(counts.get(round))
                .map(of -> of.failuresInARow)
                .orElse(0);
    }

    synchronized long roundsOf(Round round, String outcome) {
        return Optional.ofNullable(counts.get(round))
                .map(of -> of.rounds.getOrDefault(outcome, 0L))
                .orElse(0L);
    }

    synchronized long checksOf(Round round, ProbeCheck check, String outcome) {
        return Optional.ofNullable(counts.get(round))
                .map(of -> of.checks.getOrDefault(check, Map.of()).getOrDefault(outcome, 0L))
                .orElse(0L);
    }
}
