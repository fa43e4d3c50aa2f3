package dev.octosts.app.usage;

import dev.octosts.app.usage.UsageStore.Kind;
import dev.octosts.app.usage.UsageStore.Window;
import dev.octosts.exchange.spi.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes events into a store, in batches that are each one transaction. An import that ended early is repeated: what is
 * there already counts once. Only {@link #finish} says that the time of the events is known.
 */
public final class UsageImport implements AuditLogFile.Sink {

    private static final int AT_ONCE = 500;
    private static final int NAMED_LINES = 20;
    private static final int MOST_OWNERS = 10_000;

    private final UsageStore store;
    private final List<UsageEvent> batch = new ArrayList<>();
    private final Map<String, Map<Kind, Window>> times = new HashMap<>();
    private final List<Long> brokenLines = new ArrayList<>();
    private long events;
    private long stored;
    private long repeated;
    private long others;
    private long broken;

    public UsageImport(UsageStore store) {
        this.store = store;
    }

    /**
     * How much was taken in.
     *
     * @param events all that were read
     * @param stored those of tokens of this service that are new
     * @param repeated those that were there already
     * @param others those that say nothing about a token of this service, or are too old
     * @param broken lines that are no events
     * @param brokenLines the numbers of the first of them
     */
    public record Tally(long events, long stored, long repeated, long others, long broken, List<Long> brokenLines) {

        public Tally {
            brokenLines = List.copyOf(brokenLines);
        }
    }

    @Override
    public void event(UsageEvent event) throws StoreException {
        events++;
        note(event);
        if (!event.isKept()) {
            others++;
            return;
        }
        batch.add(event);
        if (batch.size() == AT_ONCE) {
            flush();
        }
    }

    @Override
    public void broken(long line) {
        broken++;
        if (brokenLines.size() < NAMED_LINES) {
            brokenLines.add(line);
        }
    }

    private void note(UsageEvent event) {
        if (event.owner().isEmpty() || (times.size() >= MOST_OWNERS && !times.containsKey(event.owner()))) {
            return;
        }
        extend(event.owner(), Kind.LOG, event.at());
        if (event.action().equals(UsageEvent.API_REQUEST)) {
            extend(event.owner(), Kind.API, event.at());
        }
    }

    private void extend(String owner, Kind kind, Instant at) {
        times.computeIfAbsent(owner, _ -> new HashMap<>())
                .merge(
                        kind,
                        new Window(owner, kind, at, at),
                        (known, one) -> new Window(
                                owner,
                                kind,
                                at.isBefore(known.from()) ? at : known.from(),
                                at.isAfter(known.until()) ? at : known.until()));
    }

    private void flush() throws StoreException {
        if (batch.isEmpty()) {
            return;
        }
        UsageStore.Added added = store.add(batch);
        batch.clear();
        stored += added.stored();
        repeated += added.repeated();
        others += added.others();
    }

    /** Stores what waits, and notes that the time from the first to the last event of each account is known. */
    public void finish() throws StoreException {
        flush();
        store.cover(times.values().stream()
                .flatMap(kinds -> kinds.values().stream())
                .toList());
        times.clear();
    }

    /** How much was taken in so far. */
    public Tally tally() {
        return new Tally(events, stored, repeated, others, broken, brokenLines);
    }
}
