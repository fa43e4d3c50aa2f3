package dev.octosts.app.edge;

import dev.octosts.api.budget.Turns;
import dev.octosts.app.edge.http2.Frame;
import dev.octosts.app.edge.http2.HeaderDecoder;
import dev.octosts.app.edge.http2.HeaderEncoder;
import dev.octosts.app.edge.http2.HeaderField;
import dev.octosts.app.edge.http2.Http2Error;
import dev.octosts.app.edge.http2.Http2Fault;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes the frames of one connection, for its own thread and for those of its requests. Bodies are sent only as far as
 * the peer has room for them.
 */
final class Http2Sender {

    private static final int FIRST_WINDOW = 65_535;
    private static final long LARGEST_WINDOW = Integer.MAX_VALUE;
    private static final int MAX_CONCURRENT_STREAMS = 3;
    private static final int MAX_HEADER_LIST_SIZE = 6;
    private static final int SETTING_BYTES = Short.BYTES + Integer.BYTES;
    private static final byte[] NOTHING = {};

    /** How long a request waits for its caller to make room for the answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DataWriter out;
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock windows = new ReentrantLock();
    private final Condition opened = windows.newCondition();
    private long window = FIRST_WINDOW;
    private long windowOfNewStreams = FIRST_WINDOW;
    private volatile long writingSince;
    private volatile boolean gone;

    Http2Sender(DataWriter out) {
        this.out = out;
    }

    /** Since when it waits for the caller to read, as {@link System#nanoTime} counts; 0 when it does not. */
    long writingSince() {
        return writingSince;
    }

    /** The first frame of this side. */
    void begin(int mostStreams) {
        var settings = ByteBuffer.allocate(2 * SETTING_BYTES)
                .putShort((short) MAX_CONCURRENT_STREAMS)
                .putInt(mostStreams)
                .putShort((short) MAX_HEADER_LIST_SIZE)
                .putInt(HeaderDecoder.MAXIMUM_LIST_BYTES);
        write(new Frame(Frame.SETTINGS, 0, 0, settings.array()));
    }

    void acknowledgeSettings() {
        write(new Frame(Frame.SETTINGS, Frame.ACK, 0, NOTHING));
    }

    void acknowledgePing(byte[] payload) {
        write(new Frame(Frame.PING, Frame.ACK, 0, payload));
    }

    void reset(int stream, Http2Error error) {
        write(new Frame(Frame.RST_STREAM, 0, stream, number(error.number())));
    }

    /** Lets the peer send more; stream 0 is the connection. */
    void windowUpdate(int stream, int bytes) {
        write(new Frame(Frame.WINDOW_UPDATE, 0, stream, number(bytes)));
    }

    /** Says that no stream beyond the last one is served. */
    void goAway(int lastStream, Http2Error error) {
        var payload = ByteBuffer.allocate(2 * Integer.BYTES).putInt(lastStream).putInt(error.number());
        write(new Frame(Frame.GOAWAY, 0, 0, payload.array()));
    }

    /** Headers alone; {@code last} ends the stream with them. */
    void headers(Http2Stream stream, List<HeaderField> fields, boolean last) {
        write(block(stream.id(), fields, last).toArray(Frame[]::new));
    }

    /**
     * A whole answer, in one write when the peer has room for it.
     *
     * @param trailers the headers behind the body; empty for none
     * @return false when the caller made no room in time, or is gone
     */
    boolean answer(Http2Stream stream, List<HeaderField> fields, byte[] body, List<HeaderField> trailers) {
        var frames = block(stream.id(), fields, body.length == 0 && trailers.isEmpty());
        if (body.length > 0) {
            if (!reserveAll(stream, body.length)) {
                write(frames.toArray(Frame[]::new));
                if (!data(stream, body, trailers.isEmpty())) {
                    return false;
                }
                frames.clear();
            } else {
                for (int from = 0; from < body.length; from += Frame.MAXIMUM_BYTES) {
                    int to = Math.min(body.length, from + Frame.MAXIMUM_BYTES);
                    boolean last = to == body.length && trailers.isEmpty();
                    frames.add(part(stream, body, from, to, last));
                }
            }
        }
        if (!trailers.isEmpty()) {
            frames.addAll(block(stream.id(), trailers, true));
        }
        write(frames.toArray(Frame[]::new));
        return !gone;
    }

    /**
     * A part of a body, as the peer has room for it.
     *
     * @return false when the caller made no room in time, or is gone
     */
    boolean data(Http2Stream stream, byte[] bytes, boolean last) {
        for (int from = 0; from < bytes.length; ) {
            int room = reserve(stream, Math.min(bytes.length - from, Frame.MAXIMUM_BYTES));
            if (room == 0) {
                return false;
            }
            write(part(stream, bytes, from, from + room, last && from + room == bytes.length));
            from += room;
        }
        return !gone;
    }

    private static Frame part(Http2Stream stream, byte[] bytes, int from, int to, boolean last) {
        return new Frame(Frame.DATA, last ? Frame.END_STREAM : 0, stream.id(), Arrays.copyOfRange(bytes, from, to));
    }

    private static List<Frame> block(int stream, List<HeaderField> fields, boolean last) {
        byte[] block = HeaderEncoder.encode(fields);
        var frames = new ArrayList<Frame>();
        for (int from = 0; from < block.length; from += Frame.MAXIMUM_BYTES) {
            int to = Math.min(block.length, from + Frame.MAXIMUM_BYTES);
            int flags = (to == block.length ? Frame.END_HEADERS : 0) | (from == 0 && last ? Frame.END_STREAM : 0);
            int type = from == 0 ? Frame.HEADERS : Frame.CONTINUATION;
            frames.add(new Frame(type, flags, stream, Arrays.copyOfRange(block, from, to)));
        }
        return frames;
    }

    private boolean reserveAll(Http2Stream stream, int bytes) {
        windows.lock();
        try {
            if (room(stream) < bytes) {
                return false;
            }
            take(stream, bytes);
            return true;
        } finally {
            windows.unlock();
        }
    }

    /** Waits for room; 0 when none comes in time, or the stream is over. */
    private int reserve(Http2Stream stream, int most) {
        Turns.giveWay();
        long left = PATIENCE.toNanos();
        windows.lock();
        try {
            while (room(stream) < 1) {
                if (gone || stream.isCancelled() || left <= 0) {
                    return 0;
                }
                stream.unreadSince(System.nanoTime() - PATIENCE.toNanos() + left);
                left = opened.awaitNanos(left);
            }
            stream.unreadSince(0);
            int bytes = (int) Math.min(most, room(stream));
            take(stream, bytes);
            return bytes;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 0;
        } finally {
            windows.unlock();
        }
    }

    private long room(Http2Stream stream) {
        return Math.min(window, windowOfNewStreams + stream.granted);
    }

    private void take(Http2Stream stream, int bytes) {
        window -= bytes;
        stream.granted -= bytes;
    }

    /** The peer has room for more on the connection. */
    void grant(int bytes) throws Http2Fault {
        windows.lock();
        try {
            window += bytes;
            if (window > LARGEST_WINDOW) {
                throw Http2Fault.ofConnection(Http2Error.FLOW_CONTROL_ERROR, "the window is too large");
            }
            opened.signalAll();
        } finally {
            windows.unlock();
        }
    }

    /** The peer has room for more on a stream. */
    void grant(Http2Stream stream, int bytes) throws Http2Fault {
        windows.lock();
        try {
            stream.granted += bytes;
            if (windowOfNewStreams + stream.granted > LARGEST_WINDOW) {
                throw Http2Fault.ofStream(stream.id(), Http2Error.FLOW_CONTROL_ERROR, "the window is too large");
            }
            opened.signalAll();
        } finally {
            windows.unlock();
        }
    }

    /** The peer changes the room of all streams. */
    void windowOfStreams(int bytes) {
        windows.lock();
        try {
            windowOfNewStreams = bytes;
            opened.signalAll();
        } finally {
            windows.unlock();
        }
    }

    /** Wakes those who wait for room, because a stream or the connection is over. */
    void wake() {
        windows.lock();
        try {
            opened.signalAll();
        } finally {
            windows.unlock();
        }
    }

    /** Nothing is written any more. */
    void close() {
        gone = true;
        wake();
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    private void write(Frame... frames) {
        if (frames.length == 0) {
            return;
        }
        var bytes = new ByteArrayOutputStream();
        for (Frame frame : frames) {
            bytes.writeBytes(frame.toBytes());
        }
        Turns.giveWay();
        writing.lock();
        try {
            if (!gone) {
                writingSince = System.nanoTime();
                out.writeNow(BufferData.create(bytes.toByteArray()));
            }
        } catch (UncheckedIOException _) {
            gone = true; // an error for each caller that hangs up would fill the log
        } finally {
            writingSince = 0;
            writing.unlock();
        }
    }
}
