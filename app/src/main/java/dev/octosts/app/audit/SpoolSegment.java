package dev.octosts.app.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file of the spool: records are added at its end, and taken from its begin. {@link Spool} guards it. */
final class SpoolSegment {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolSegment.class);

    /** As many bytes are read at once, and as many of what was written last are in memory, too. */
    private static final int CHUNK = 1 << 20;

    private final Path path;
    private final FileChannel channel;
    private final boolean leftover;
    private long size;
    private long read;
    private long batchEnd;
    private volatile boolean dirty;

    /** The records behind {@link #read}, as long as the store keeps up: they need not be read from the file. */
    private final Deque<Recent> recent = new ArrayDeque<>();

    private long recentFrom;

    /**
     * A record that was written.
     *
     * @param end where it ends in the file
     */
    private record Recent(AuditRecord record, long end) {}

    private SpoolSegment(Path path, FileChannel channel, boolean leftover) throws IOException {
        this.path = path;
        this.channel = channel;
        this.leftover = leftover;
        this.size = channel.size();
    }

    /** A new file. */
    static SpoolSegment of(Path path) throws IOException {
        return new SpoolSegment(
                path,
                FileChannel.open(
                        path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                false);
    }

    /** A file that another process has left. */
    static SpoolSegment left(Path path) throws IOException {
        return new SpoolSegment(path, FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE), true);
    }

    boolean isLeftover() {
        return leftover;
    }

    long size() {
        return size;
    }

    /** Gives a record to the operating system. */
    void write(AuditRecord record, ByteBuffer frame) throws IOException {
        long end = size;
        try {
            while (frame.hasRemaining()) {
                end += channel.write(frame, end);
            }
        } catch (IOException failed) {
            // The begin of a record must not stand before the next one.
            channel.truncate(size);
            throw failed;
        }
        if (recent.isEmpty()) {
            recentFrom = size;
        }
        size = end;
        dirty = true;
        recent.add(new Recent(record, end));
        if (size - recentFrom > CHUNK) {
            recent.clear();
        }
    }

    /** The next records; the same ones again until they are {@link #taken}. */
    List<AuditRecord> next() throws IOException {
        long left = size - read;
        var found = new ArrayList<AuditRecord>();
        if (left > 0 && !recent.isEmpty() && recentFrom == read) {
            for (Recent one : recent) {
                found.add(one.record());
                batchEnd = one.end();
                if (found.size() == StoreWriter.BATCH) {
                    break;
                }
            }
        } else if (left > 0) {
            ByteBuffer buffer = chunk((int) Math.min(left, CHUNK));
            for (var one = SpoolFrame.read(buffer); one.isPresent(); one = SpoolFrame.read(buffer)) {
                found.add(one.get());
                if (found.size() == StoreWriter.BATCH) {
                    break;
                }
            }
            batchEnd = read + buffer.position();
        }
        return found;
    }

    private ByteBuffer chunk(int length) throws IOException {
        var buffer = ByteBuffer.allocate(length);
        int more = 0;
        while (buffer.hasRemaining() && more >= 0) {
            more = channel.read(buffer, read + buffer.position());
        }
        return buffer.flip();
    }

    /** The store has the records of {@link #next}. */
    void taken() {
        read = batchEnd;
        while (!recent.isEmpty() && recent.element().end() <= read) {
            recentFrom = recent.remove().end();
        }
    }

    /** Whether the store has every record. */
    boolean isTaken() {
        return read == size;
    }

    /**
     * Removes the content of a file that the store has.
     *
     * @return how many bytes it had
     */
    long empty() {
        long emptied = size;
        try {
            channel.truncate(0);
            size = 0;
            read = 0;
            return emptied;
        } catch (IOException failed) {
            LOG.debug(
                    "a file of the audit spool stays as it is: {}",
                    failed.getClass().getSimpleName());
            return 0;
        }
    }

    /** Removes a file that the store has completely, or whose rest is no record. */
    void remove() throws IOException {
        channel.close();
        if (isTaken()) {
            Files.delete(path);
        } else {
            // The record that was being written when the process was killed: its caller got no answer.
            Path aside = path.resolveSibling(path.getFileName() + ".torn");
            LOG.warn("the audit spool has an incomplete record at its end; the file is kept as {}", aside);
            Files.move(path, aside);
        }
    }

    /** Tells the disk to keep what was written. */
    void sync() throws IOException {
        if (dirty && channel.isOpen()) {
            dirty = false;
            channel.force(false);
        }
    }

    /** Ends the use of the file; its records stay, unless the store has all. */
    void close() throws IOException {
        channel.force(false);
        channel.close();
        if (isTaken()) {
            Files.delete(path);
        }
    }
}
