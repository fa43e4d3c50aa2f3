package dev.octosts.exchange.store;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of bytes for entries with keys. A new entry overwrites the oldest ones. There is no index: an entry is
 * found by looking at each, which takes some microseconds for a thousand.
 */
public final class ByteRing {

    /** The lengths of a key and of a value come before the two. */
    private static final int HEAD = 8;

    /** The first byte of the key of an entry that is forgotten; no text begins with it. */
    private static final byte FORGOTTEN = 0;

    private final int size;
    private final ReentrantLock lock = new ReentrantLock();

    /** Made with the first entry: many processes never have one. */
    private byte @Nullable [] bytes;

    /**
     * Where the oldest entry begins. Places are counted from the very first byte on; a place is in the ring by its
     * rest.
     */
    private long begin;

    /** Where the next entry will begin. */
    private long end;

    /**
     * A ring without entries.
     *
     * @param most how many bytes it may have; it has the next power of two below
     */
    public ByteRing(int most) {
        this.size = Integer.highestOneBit(most);
    }

    /** Adds an entry, unless it is larger than the ring. */
    public void add(byte[] key, byte[] value) {
        int length = HEAD + key.length + value.length;
        if (length > size) {
            return;
        }
        lock.lock();
        try {
            byte[] ring = bytes == null ? new byte[size] : bytes;
            bytes = ring;
            while (end + length - begin > size) {
                begin += length(ring, begin);
            }
            writeInt(ring, end, key.length);
            writeInt(ring, end + 4, value.length);
            write(ring, end + HEAD, key);
            write(ring, end + HEAD + key.length, value);
            end += length;
        } finally {
            lock.unlock();
        }
    }

    /** The value that was added last with a key. */
    public Optional<byte[]> find(byte[] key) {
        lock.lock();
        try {
            byte @Nullable [] ring = bytes;
            byte @Nullable [] found = null;
            for (long place = begin; ring != null && place < end; place += length(ring, place)) {
                if (hasKey(ring, place, key)) {
                    found = read(ring, place + HEAD + key.length, readInt(ring, place + 4));
                }
            }
            return Optional.ofNullable(found);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what was added with a key. */
    public void forget(byte[] key) {
        lock.lock();
        try {
            byte @Nullable [] ring = bytes;
            for (long place = begin; ring != null && place < end; place += length(ring, place)) {
                if (hasKey(ring, place, key)) {
                    ring[index(place + HEAD)] = FORGOTTEN;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean hasKey(byte[] ring, long place, byte[] key) {
        if (readInt(ring, place) != key.length) {
            return false;
        }
        for (int index = 0; index < key.length; index++) {
            if (ring[index(place + HEAD + index)] != key[index]) {
                return false;
            }
        }
        return true;
    }

    private int length(byte[] ring, long place) {
        return HEAD + readInt(ring, place) + readInt(ring, place + 4);
    }

    private int index(long place) {
        return (int) (place & (size - 1));
    }

    private void writeInt(byte[] ring, long place, int number) {
        for (int index = 0; index < 4; index++) {
            ring[index(place + index)] = (byte) (number >>> (8 * index));
        }
    }

    private int readInt(byte[] ring, long place) {
        int number = 0;
        for (int index = 0; index < 4; index++) {
            number |= (ring[index(place + index)] & 0xff) << (8 * index);
        }
        return number;
    }

    /** Around the end of the ring, if need be. */
    private void write(byte[] ring, long place, byte[] text) {
        int at = index(place);
        int before = Math.min(text.length, size - at);
        System.arraycopy(text, 0, ring, at, before);
        System.arraycopy(text, before, ring, 0, text.length - before);
    }

    private byte[] read(byte[] ring, long place, int length) {
        var text = new byte[length];
        int at = index(place);
        int before = Math.min(length, size - at);
        System.arraycopy(ring, at, text, 0, before);
        System.arraycopy(ring, 0, text, before, length - before);
        return text;
    }
}
