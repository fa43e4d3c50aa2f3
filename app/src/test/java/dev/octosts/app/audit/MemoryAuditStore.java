package dev.octosts.app.audit;

import dev.octosts.exchange.spi.StoreException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/** A store that a test can break, slow down and tamper with. */
final class MemoryAuditStore implements AuditStore {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 30);
    private int counts;

    final List<Stored> rows = new ArrayList<>();
    final List<Integer> commits = new ArrayList<>();
    private final Semaphore gate = new Semaphore(1);
    private volatile boolean down;
    private volatile boolean losesAnswers;

    /** Nothing is committed until {@link #release}. */
    void hold() {
        gate.acquireUninterruptibly();
    }

    void release() {
        gate.release();
    }

    void down(boolean isDown) {
        down = isDown;
    }

    /** It commits, and the one who asked does not hear of it. */
    void losesAnswers(boolean loses) {
        losesAnswers = loses;
    }

    @Override
    public ChainLink append(List<AuditRecord> records, boolean again) throws StoreException {
        gate.acquireUninterruptibly();
        try {
            return appended(records, again);
        } finally {
            gate.release();
        }
    }

    private synchronized ChainLink appended(List<AuditRecord> records, boolean again) throws StoreException {
        if (down) {
            throw new StoreException("down", null);
        }
        Set<String> known = new HashSet<>();
        rows.forEach(row -> known.add(row.record().id()));
        for (AuditRecord record : records) {
            if (!known.contains(record.id()) || !again) {
                ChainLink end = end();
                rows.add(new Stored(end.next(DAY, record), end.hash(), record));
            }
        }
        if (!records.isEmpty()) {
            commits.add(records.size());
        }
        if (losesAnswers) {
            throw new StoreException("no answer", null);
        }
        return end();
    }

    private ChainLink end() {
        return rows.isEmpty() ? ChainLink.BEFORE_ALL : rows.getLast().link();
    }

    @Override
    public void maintain(Optional<Duration> retention) {}

    @Override
    public synchronized boolean count() {
        counts++;
        return false;
    }

    /** How often records were counted. */
    synchronized int counts() {
        return counts;
    }

    @Override
    public synchronized void read(Predicate<Stored> reader) {
        for (Stored row : rows) {
            if (!reader.test(row)) {
                return;
            }
        }
    }

    synchronized List<String> ids() {
        return rows.stream().map(row -> row.record().id()).toList();
    }

    synchronized List<String> requestIds() {
        return rows.stream().map(row -> row.record().requestId()).toList();
    }
}
