package dev.octosts.app.audit;

import dev.octosts.api.budget.Turns;
import dev.octosts.exchange.spi.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Records that wait in memory, each with its caller: a caller goes on when its record is committed. All that wait are
 * committed together, so the time that a commit takes is shared. While the store fails, records of tokens are refused,
 * and all others stay here, within a bound.
 */
final class CommitQueue implements RecordQueue {

    private static final int MAXIMUM_RECORDS = 10_000;
    private static final long MAXIMUM_CHARACTERS = 8L * 1024 * 1024;

    private final Duration patience;
    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong characters = new AtomicLong();
    private List<Entry> batch = List.of();
    private volatile boolean down;

    /**
     * A caller has waited in vain, and the store has neither taken nor refused a batch since. Those who come now do not
     * wait as long, one after the other: each of them would have a token minted only to have it revoked.
     */
    private volatile boolean overdue;

    /** @param patience how long a caller waits for its commit */
    CommitQueue(Duration patience) {
        this.patience = patience;
    }

    private enum State {
        WAITING,
        BEING_WRITTEN,
        WRITTEN,
        FAILED,
        ABANDONED
    }

    private static final class Entry {
        private final AuditRecord record;
        private final boolean ofToken;
        private final CountDownLatch end = new CountDownLatch(1);
        private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

        Entry(AuditRecord record, boolean ofToken) {
            this.record = record;
            this.ofToken = ofToken;
        }

        void end(State how) {
            state.set(how);
            end.countDown();
        }

        /** Waits for the end; false when it does not come in time. */
        boolean await(Duration patience) throws InterruptedException {
            Turns.giveWay();
            return end.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void keep(AuditRecord record) throws StoreException {
        if (!isReady()) {
            throw new StoreException("the audit store does not take records", null);
        }
        var entry = new Entry(record, true);
        take(entry);
        try {
            if (!entry.await(patience) && entry.state.get() != State.WRITTEN) {
                overdue = true;
                // When it is being written, nobody knows what becomes of it: that is no success either.
                entry.state.compareAndSet(State.WAITING, State.ABANDONED);
                throw new StoreException("the audit store did not commit within " + patience, null);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            entry.state.compareAndSet(State.WAITING, State.ABANDONED);
            throw new StoreException("interrupted", ended);
        }
        if (entry.state.get() != State.WRITTEN) {
            throw new StoreException("the audit store did not take the record", null);
        }
    }

    private void take(Entry entry) {
        size.incrementAndGet();
        characters.addAndGet(entry.record.data().length());
        queue.add(entry);
    }

    @Override
    public boolean offer(AuditRecord record) {
        if (size.get() >= MAXIMUM_RECORDS || characters.get() >= MAXIMUM_CHARACTERS) {
            return false;
        }
        var entry = new Entry(record, false);
        take(entry);
        try {
            if (isReady() && !entry.await(patience)) {
                overdue = true;
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    @Override
    public boolean isReady() {
        return !down && !overdue;
    }

    @Override
    public List<AuditRecord> next(Duration wait) throws InterruptedException {
        overdue = false;
        if (batch.isEmpty()) {
            var taken = new ArrayList<Entry>();
            Entry first = queue.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
            if (first != null) {
                taken.add(first);
                queue.drainTo(taken, StoreWriter.BATCH - 1);
            }
            batch = taken.stream().filter(this::begin).toList();
        }
        return batch.stream().map(entry -> entry.record).toList();
    }

    private boolean begin(Entry entry) {
        if (entry.state.compareAndSet(State.WAITING, State.BEING_WRITTEN)) {
            return true;
        }
        leave(entry);
        return false;
    }

    private void leave(Entry entry) {
        size.decrementAndGet();
        characters.addAndGet(-entry.record.data().length());
    }

    @Override
    public void written() {
        down = false;
        overdue = false;
        batch.forEach(entry -> {
            leave(entry);
            entry.end(State.WRITTEN);
        });
        batch = List.of();
    }

    /** No caller is kept waiting, and the tokens of those who wait are revoked. All other records are tried again. */
    @Override
    public void failed() {
        down = true;
        var waiting = new ArrayList<Entry>();
        queue.drainTo(waiting);
        for (Entry entry : waiting) {
            if (entry.ofToken) {
                leave(entry);
                entry.end(State.FAILED);
            } else {
                entry.end.countDown();
                queue.add(entry);
            }
        }
        var kept = new ArrayList<Entry>();
        for (Entry entry : batch) {
            if (entry.ofToken) {
                leave(entry);
                entry.end(State.FAILED);
            } else {
                entry.end.countDown();
                kept.add(entry);
            }
        }
        batch = List.copyOf(kept);
    }

    @Override
    public boolean hasLeftovers() {
        return false;
    }

    @Override
    public long waiting() {
        return size.get();
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public void close() {
        // Nothing of it outlives the process.
    }
}
