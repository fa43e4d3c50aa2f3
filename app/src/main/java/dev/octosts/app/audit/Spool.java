package dev.octosts.app.audit;

import dev.octosts.exchange.spi.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records on disk, on their way to the store. A record is given to the operating system before its caller goes on, so
 * it outlives the process; the file is synchronized with the disk every second, so a machine that fails may lose that
 * much. The size is bounded. Records of exchanges without a token may take half of it, so that the tokens of others
 * find room.
 */
final class Spool implements RecordQueue {

    /** A file of this size is followed by another one. */
    static final long SEGMENT = 4L * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final Duration SYNCED = Duration.ofSeconds(1);

    /**
     * A commit costs the same for one record and for many, and nobody waits for it: so the store gets what has come
     * within this time at once.
     */
    private static final Duration GATHERED = Duration.ofMillis(100);

    /** A file that the store has is emptied when it is so large; emptying it each time would cost more. */
    private static final long EMPTIED = 64L * 1024;

    private static final int EMPTIED_SHARE = 16;

    private final SpoolFolder folder;
    private final long limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();

    /** The files before the one that is written, the oldest first. */
    private final Deque<SpoolSegment> full = new ArrayDeque<>();

    private SpoolSegment active;
    private long bytes;
    private long records;
    private long leftovers;
    private boolean works = true;
    private long synced = System.nanoTime();
    private List<AuditRecord> batch = List.of();

    private Spool(SpoolFolder folder, long limit) throws IOException {
        this.folder = folder;
        this.limit = limit;
        for (Path path : folder.segments()) {
            full.add(SpoolSegment.left(path));
        }
        this.leftovers = full.size();
        this.bytes = full.stream().mapToLong(SpoolSegment::size).sum();
        this.active = SpoolSegment.of(folder.newSegment());
    }

    /**
     * Opens the spool, with the records that an earlier process has left.
     *
     * @param limit how many bytes it may have
     */
    static Spool open(Path parent, long limit) throws IOException {
        SpoolFolder folder = SpoolFolder.open(parent);
        try {
            return new Spool(folder, limit);
        } catch (IOException failed) {
            folder.close();
            throw failed;
        }
    }

    @Override
    public void keep(AuditRecord record) throws StoreException {
        append(record, limit);
    }

    @Override
    public boolean offer(AuditRecord record) {
        try {
            append(record, limit / 2);
            return true;
        } catch (StoreException noRoom) {
            return false;
        }
    }

    private void append(AuditRecord record, long room) throws StoreException {
        ByteBuffer frame = SpoolFrame.of(record);
        int length = frame.remaining();
        lock.lock();
        try {
            if (bytes + length > room) {
                throw new StoreException("the audit spool is full", null);
            }
            if (active.size() >= SEGMENT) {
                full.add(active);
                active = SpoolSegment.of(folder.newSegment());
            }
            active.write(record, frame);
            bytes += length;
            records++;
            works = true;
            if (records == 1 || records == StoreWriter.BATCH) {
                more.signal();
            }
        } catch (IOException failed) {
            if (works) {
                LOG.error(
                        "the audit spool cannot be written: {}; exchanges are refused until it can",
                        failed.getClass().getSimpleName());
            }
            works = false;
            throw new StoreException("the audit spool cannot be written", failed);
        } finally {
            lock.unlock();
        }
    }

    /** A disk that failed may work again: the next record shows it. */
    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public List<AuditRecord> next(Duration wait) throws InterruptedException, StoreException {
        lock.lock();
        try {
            if (batch.isEmpty()) {
                if (full.isEmpty()) {
                    gather(wait);
                }
                batch = read();
            }
        } catch (IOException failed) {
            throw new StoreException("the audit spool cannot be read", failed);
        } finally {
            lock.unlock();
        }
        syncIfDue();
        return batch;
    }

    /** Waits for a record, and then for those that follow it soon. */
    private void gather(Duration wait) throws InterruptedException {
        long left = wait.toNanos();
        while (records == 0 && left > 0) {
            left = more.awaitNanos(left);
        }
        left = Math.min(wait.toNanos(), GATHERED.toNanos());
        while (records > 0 && records < StoreWriter.BATCH && left > 0) {
            left = more.awaitNanos(left);
        }
    }

    /** Records of the oldest file that has some which the store does not have. */
    private List<AuditRecord> read() throws IOException {
        for (@Nullable SpoolSegment oldest = full.peek(); oldest != null; oldest = full.peek()) {
            List<AuditRecord> found = oldest.next();
            if (!found.isEmpty()) {
                return found;
            }
            remove(oldest);
        }
        return active.next();
    }

    /** A file that the store has completely, or whose rest is no record. */
    private void remove(SpoolSegment segment) throws IOException {
        full.remove();
        bytes -= segment.size();
        leftovers -= segment.isLeftover() ? 1 : 0;
        segment.remove();
    }

    @Override
    public void written() {
        lock.lock();
        try {
            SpoolSegment oldest = full.isEmpty() ? active : full.element();
            if (!batch.isEmpty()) {
                oldest.taken();
                records -= oldest.isLeftover() ? 0 : batch.size();
                batch = List.of();
            }
            if (active.isTaken() && active.size() >= Math.min(EMPTIED, limit / EMPTIED_SHARE)) {
                bytes -= active.empty();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The batch stays, and its records stay on disk. */
    @Override
    public void failed() {
        syncIfDue();
    }

    /** Callers do not wait for the disk: only the writer of the store does. */
    private void syncIfDue() {
        if (System.nanoTime() - synced < SYNCED.toNanos()) {
            return;
        }
        synced = System.nanoTime();
        var all = new ArrayList<SpoolSegment>();
        lock.lock();
        try {
            all.addAll(full);
            all.add(active);
        } finally {
            lock.unlock();
        }
        try {
            for (SpoolSegment segment : all) {
                segment.sync();
            }
        } catch (IOException failed) {
            LOG.warn(
                    "the disk does not confirm the audit spool: {}",
                    failed.getClass().getSimpleName());
        }
    }

    @Override
    public boolean hasLeftovers() {
        lock.lock();
        try {
            return leftovers > 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long waiting() {
        lock.lock();
        try {
            // Those of an earlier process are not counted, only that there are some.
            return records + leftovers;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            active.close();
            for (SpoolSegment segment : full) {
                segment.close();
            }
            folder.close();
        } catch (IOException failed) {
            LOG.warn(
                    "the audit spool is not closed properly: {}",
                    failed.getClass().getSimpleName());
        } finally {
            lock.unlock();
        }
    }
}
