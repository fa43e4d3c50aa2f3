package dev.octosts.operators;

import dev.octosts.api.ExchangeEvent;
import dev.octosts.operators.spi.Reach;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts the exchanges of this process, by minute, for the last hour: all of them, and those of each account whose
 * policies were reached. Bounded in accounts and in rules, whatever callers ask for.
 */
public final class Traffic {

    /** As long as it remembers, in minutes. */
    public static final int MINUTES = 60;

    private static final int MOST_OWNERS = 500;
    private static final int MOST_RULES = 40;
    private static final int LONGEST_RULE = 80;
    private static final String OTHERS = "others";

    /** The upper ends of the classes of latency, in milliseconds; the last one has none. */
    private static final List<Long> BOUNDS =
            List.of(1L, 2L, 5L, 10L, 20L, 50L, 100L, 200L, 500L, 1_000L, 2_000L, 5_000L, 10_000L);

    private final Clock clock;
    private final Counts all = new Counts();
    private final Map<String, Counts> owners = new HashMap<>();

    /** Nothing counted yet. */
    public Traffic(Clock clock) {
        this.clock = clock;
    }

    /**
     * A minute.
     *
     * @param begin when it began
     * @param granted exchanges with a token
     * @param refused those that a rule was against
     * @param failed those that could not be decided or done
     * @param medianMillis half of them took no longer; 0 when there were none
     * @param slowMillis of a hundred, one took longer
     */
    public record Minute(Instant begin, long granted, long refused, long failed, long medianMillis, long slowMillis) {}

    /**
     * The last hour.
     *
     * @param minutes the oldest first; minutes without exchanges are there, too
     * @param rules how many exchanges each rule has refused, the most frequent first
     */
    public record Hour(List<Minute> minutes, Map<String, Long> rules) {}

    /** Counts an exchange. */
    public void count(ExchangeEvent event) {
        if (event.operation() != ExchangeEvent.Operation.EXCHANGE) {
            return;
        }
        long minute = minute(clock.instant());
        synchronized (this) {
            all.add(minute, event);
            // Of accounts that nobody has installed the App for, callers can name as many as they like.
            if (event.trustPolicy() != null) {
                String scope = event.scope().toLowerCase(Locale.ROOT);
                int slash = scope.indexOf('/');
                ofOwner(slash < 0 ? scope : scope.substring(0, slash)).add(minute, event);
            }
        }
    }

    private Counts ofOwner(String owner) {
        if (!owners.containsKey(owner) && owners.size() >= MOST_OWNERS) {
            owners.entrySet().stream()
                    .min(Comparator.comparingLong(entry -> entry.getValue().last))
                    .map(Map.Entry::getKey)
                    .ifPresent(owners::remove);
        }
        return owners.computeIfAbsent(owner, _ -> new Counts());
    }

    /** The last hour of what may be seen. */
    public synchronized Hour hour(Reach reach) {
        Collection<Counts> seen = reach.everything()
                ? List.of(all)
                : reach.owners().stream()
                        .map(owners::get)
                        .filter(counts -> counts != null)
                        .toList();
        long now = minute(clock.instant());
        var minutes = new ArrayList<Minute>();
        var rules = new TreeMap<String, Long>();
        for (long minute = now - MINUTES + 1; minute <= now; minute++) {
            var sum = new Cell(minute);
            for (Counts counts : seen) {
                Cell cell = counts.cells[(int) (minute % MINUTES)];
                if (cell != null && cell.minute == minute) {
                    sum.add(cell);
                }
            }
            sum.rules.forEach((rule, count) -> rules.merge(rule, count, Long::sum));
            minutes.add(sum.shown());
        }
        var sorted = new LinkedHashMap<String, Long>();
        rules.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MOST_RULES)
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return new Hour(minutes, sorted);
    }

    private static long minute(Instant time) {
        return time.getEpochSecond() / Duration.ofMinutes(1).toSeconds();
    }

    /** The key of the rule in the policy, or the beginning of the message: what follows there are names. */
    private static String rule(ExchangeEvent event) {
        var problem = event.problem();
        if (problem == null) {
            return "";
        }
        String rule = problem.rule();
        if (rule.isEmpty()) {
            int end = problem.message().indexOf('"');
            rule = (end < 0 ? problem.message() : problem.message().substring(0, end)).strip();
        }
        return rule.length() <= LONGEST_RULE ? rule : rule.substring(0, LONGEST_RULE);
    }

    private static final class Counts {

        final @Nullable Cell[] cells = new @Nullable Cell[MINUTES];
        long last;

        void add(long minute, ExchangeEvent event) {
            last = minute;
            int at = (int) (minute % MINUTES);
            Cell cell = cells[at];
            if (cell == null || cell.minute != minute) {
                cell = new Cell(minute);
                cells[at] = cell;
            }
            cell.add(event);
        }
    }

    private static final class Cell {

        final long minute;
        final long[] latencies = new long[BOUNDS.size() + 1];
        final Map<String, Long> rules = new HashMap<>();
        long granted;
        long refused;
        long failed;

        Cell(long minute) {
            this.minute = minute;
        }

        void add(ExchangeEvent event) {
            switch (event.outcome()) {
                case GRANTED -> granted++;
                case REFUSED -> refused++;
                case FAILED -> failed++;
            }
            long millis = event.took().toMillis();
            int at = 0;
            while (at < BOUNDS.size() && millis >= BOUNDS.get(at)) {
                at++;
            }
            latencies[at]++;
            String rule = rule(event);
            if (!rule.isEmpty()) {
                rules.merge(rules.containsKey(rule) || rules.size() < MOST_RULES ? rule : OTHERS, 1L, Long::sum);
            }
        }

        void add(Cell other) {
            granted += other.granted;
            refused += other.refused;
            failed += other.failed;
            for (int at = 0; at < latencies.length; at++) {
                latencies[at] += other.latencies[at];
            }
            other.rules.forEach((rule, count) -> rules.merge(rule, count, Long::sum));
        }

        Minute shown() {
            return new Minute(
                    Instant.ofEpochSecond(minute * Duration.ofMinutes(1).toSeconds()),
                    granted,
                    refused,
                    failed,
                    quantile(50),
                    quantile(99));
        }

        /** The upper end of the class in which so many of a hundred are. */
        private long quantile(int percent) {
            long total = granted + refused + failed;
            long wanted = (total * percent + 99) / 100;
            long sum = 0;
            for (int at = 0; total > 0 && at < latencies.length; at++) {
                sum += latencies[at];
                if (sum >= wanted) {
                    return BOUNDS.get(Math.min(at, BOUNDS.size() - 1));
                }
            }
            return 0;
        }
    }
}
