package dev.octosts.app.audit;

import dev.octosts.exchange.spi.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes to the store: it commits what waits, and then what has come meanwhile. When the store
 * fails, it tries again until the store is back.
 */
final class StoreWriter implements AutoCloseable {

    /** As many records as one commit takes. */
    static final int BATCH = 500;

    private static final Logger LOG = LoggerFactory.getLogger(StoreWriter.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration MAINTAINED = Duration.ofHours(1);
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final Duration COUNTED = Duration.ofMinutes(1);
    private static final Duration MORE_TO_COUNT = Duration.ofSeconds(1);
    private static final long MOST_NOT_COUNTED = 20_000;
    private static final Duration END = Duration.ofSeconds(3);

    private final AuditStore store;
    private final RecordQueue queue;
    private final Optional<Duration> retention;
    private final Duration pause;
    private final Clock clock;
    private final long mostNotCounted;
    private final Thread thread;
    private final AtomicLong written = new AtomicLong();
    private volatile boolean closed;
    private volatile boolean works = true;
    /** When the oldest record happened that is being written; the end of time when there is none. */
    private volatile Instant oldest = Instant.MAX;

    private long maintainAt = System.nanoTime();
    private long countAt = System.nanoTime() + COUNTED.toNanos();
    private long countedUpTo;
    private boolean noted;

    /** @param pause between two attempts while the store fails */
    StoreWriter(AuditStore store, RecordQueue queue, Optional<Duration> retention, Duration pause, Clock clock) {
        this(store, queue, retention, pause, clock, MOST_NOT_COUNTED);
    }

    /** @param mostNotCounted after how many records they are counted before their time */
    StoreWriter(
            AuditStore store,
            RecordQueue queue,
            Optional<Duration> retention,
            Duration pause,
            Clock clock,
            long mostNotCounted) {
        this.clock = clock;
        this.mostNotCounted = mostNotCounted;
        this.store = store;
        this.queue = queue;
        this.retention = retention;
        this.pause = pause;
        this.thread = Thread.ofPlatform().daemon().name("audit").start(this::run);
    }

    private void run() {
        boolean again = queue.hasLeftovers();
        while (!closed) {
            try {
                maintainIfDue();
                countIfDue();
                again = writeNext(again);
            } catch (StoreException | RuntimeException failed) {
                again = true;
                maintainAt = System.nanoTime(); // the day of the record may be what was missing
                report(failed);
                queue.failed();
                if (!slept()) {
                    return;
                }
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    /** A store whose days cannot be made or dropped may still take records. */
    private void maintainIfDue() {
        if (System.nanoTime() - maintainAt < 0) {
            return;
        }
        try {
            store.maintain(retention);
            maintainAt = System.nanoTime() + MAINTAINED.toNanos();
        } catch (StoreException failed) {
            maintainAt = System.nanoTime() + AGAIN.toNanos();
            if (works) {
                LOG.warn("the days of the audit store cannot be made or dropped: {}", failed.getMessage());
            }
        }
        noted = false;
    }

    /** Overviews read what is not counted record by record, so a failure makes them slower, and nothing else. */
    private void countIfDue() {
        long now = written.get();
        if (!works || (System.nanoTime() - countAt < 0 && now - countedUpTo < mostNotCounted)) {
            return;
        }
        countedUpTo = now;
        countAt = System.nanoTime() + COUNTED.toNanos();
        try {
            if (store.count()) {
                countAt = System.nanoTime() + MORE_TO_COUNT.toNanos();
            }
        } catch (StoreException failed) {
            LOG.warn("records are not counted for overviews, which are slower for that: {}", failed.getMessage());
        }
    }

    private boolean writeNext(boolean again) throws StoreException, InterruptedException {
        List<AuditRecord> batch = queue.next(works ? LOOK : Duration.ZERO);
        if (batch.isEmpty() && works) {
            return queue.hasLeftovers();
        }
        oldest = batch.isEmpty() ? Instant.MAX : batch.getFirst().at();
        ChainLink end = store.append(batch, again);
        queue.written();
        oldest = Instant.MAX;
        written.addAndGet(batch.size());
        if (!works) {
            works = true;
            LOG.info("the audit store takes records again");
        }
        if (!noted) {
            // A copy of the log shows later whether the chain was cut or written anew.
            LOG.info("the last audit record is {}:{}", end.seq(), end.hash());
            noted = true;
        }
        return queue.hasLeftovers();
    }

    private void report(Exception failed) {
        if (works) {
            // A driver's own message may contain the address and its password; those of stores do not.
            LOG.error(
                    "the audit store does not take records: {}; it is tried again",
                    failed instanceof StoreException
                            ? failed.getMessage()
                            : failed.getClass().getSimpleName());
        }
        works = false;
    }

    private boolean slept() {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException ended) {
            return false;
        }
    }

    boolean works() {
        return works;
    }

    long written() {
        return written.get();
    }

    /** How long the oldest record has waited that is being written. */
    Duration behind() {
        Instant since = oldest;
        Instant now = clock.instant();
        return since.isBefore(now) ? Duration.between(since, now) : Duration.ZERO;
    }

    @Override
    public void close() {
        // Not interrupted: that would close the file of H2 for everybody.
        closed = true;
        try {
            thread.join(END);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
