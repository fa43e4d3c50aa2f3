package dev.octosts.operators;

import dev.octosts.api.ExchangeEvent;
import dev.octosts.operators.spi.Reach;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts the exchanges of this process, by minute, for the last hour: all of them, and those of each account that a
 * role is limited to. Bounded in rules, whatever callers ask for.
 */
public final class Traffic {

    /** As long as it remembers, in minutes. */
    public static final int MINUTES = 60;

    private static final int MOST_RULES = 40;
    private static final int LONGEST_RULE = 80;
    private static final String OTHERS = "others";

    /** The upper ends of the classes of latency, in milliseconds; the last one has none. */
    private static final List<Long> BOUNDS =
            List.of(1L, 2L, 5L, 10L, 20L, 50L, 100L, 200L, 500L, 1_000L, 2_000L, 5_000L, 10_000L);

    private final Clock clock;
    private final Counts all = new Counts();
    private final Map<String, Counts> owners = new HashMap<>();

    /**
     * Nothing counted yet.
     *
     * @param owners the accounts that are counted apart, in lower case. Others nobody can ask for: callers name as many
     *     accounts as they like
     */
    public Traffic(Clock clock, Set<String> owners) {
        this.clock = clock;
        owners.forEach(owner -> this.owners.put(owner, new Counts()));
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
     * @param medianMillis half of the exchanges of the hour took no longer; 0 when there were none
     * @param slowMillis of a hundred, one took longer
     */
    public record Hour(List<Minute> minutes, Map<String, Long> rules, long medianMillis, long slowMillis) {}

    /** Counts an exchange. */
    public void count(ExchangeEvent event) {
        if (event.operation() != ExchangeEvent.Operation.EXCHANGE) {
            return;
        }
        long minute = minute(clock.instant());
        synchronized (this) {
            all.add(minute, event);
            // As in the records: also where no policy was reached, and where a rule has stopped the caller.
            String scope = event.scope().toLowerCase(Locale.ROOT);
            int slash = scope.indexOf('/');
            Counts ofOwner = owners.get(slash < 0 ? scope : scope.substring(0, slash));
            if (ofOwner != null) {
                ofOwner.add(minute, event);
            }
        }
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
        var whole = new Cell(now);
        for (long minute = now - MINUTES + 1; minute <= now; minute++) {
            var sum = new Cell(minute);
            for (Counts counts : seen) {
                Cell cell = counts.cells[(int) (minute % MINUTES)];
                if (cell != null && cell.minute == minute) {
                    sum.add(cell);
                }
            }
            sum.rules.forEach((rule, count) -> rules.merge(rule, count, Long::sum));
            whole.add(sum);
            minutes.add(sum.shown());
        }
        var sorted = new LinkedHashMap<String, Long>();
        rules.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MOST_RULES)
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return new Hour(minutes, sorted, whole.quantile(50), whole.quantile(99));
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
            rule = end < 0
                    ? problem.message().strip()
                    : problem.message().substring(0, end).strip() + " …";
        }
        return rule.length() <= LONGEST_RULE ? rule : rule.substring(0, LONGEST_RULE);
    }

    private static final class Counts {

        final @Nullable Cell[] cells = new @Nullable Cell[MINUTES];

        void add(long minute, ExchangeEvent event) {
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
