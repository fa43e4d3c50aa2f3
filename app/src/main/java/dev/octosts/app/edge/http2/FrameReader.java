package dev.octosts.app.edge.http2;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Cuts frames out of the bytes of a connection. A payload gets memory only when its length is allowed. */
public final class FrameReader {

    private static final int STREAM_BITS = 0x7FFF_FFFF;

    /** Where the bytes come from. */
    @FunctionalInterface
    public interface ByteSource {

        /**
         * The next bytes, as many as there are.
         *
         * @param between whether no byte of the next frame has come yet
         * @return null at the end of the connection
         */
        byte @Nullable [] next(boolean between) throws Http2Fault;
    }

    private final ByteSource source;
    private byte[] bytes;
    private int position;

    /**
     * A reader of a connection.
     *
     * @param first what has come already
     */
    public FrameReader(byte[] first, ByteSource source) {
        this.bytes = first;
        this.source = source;
    }

    /** The next frame; null when the connection ends before it is whole. */
    public @Nullable Frame read() throws Http2Fault {
        byte[] head = take(Frame.HEAD_BYTES, true);
        if (head == null) {
            return null;
        }
        var fields = ByteBuffer.wrap(head);
        int length = ((fields.getShort() & 0xFFFF) << 8) | (fields.get() & 0xFF);
        if (length > Frame.MAXIMUM_BYTES) {
            throw Http2Fault.ofConnection(Http2Error.FRAME_SIZE_ERROR, "a frame is larger than 16 KiB");
        }
        int type = fields.get() & 0xFF;
        int flags = fields.get() & 0xFF;
        int stream = fields.getInt() & STREAM_BITS;
        byte[] payload = take(length, false);
        return payload == null ? null : new Frame(type, flags, stream, payload);
    }

    private byte @Nullable [] take(int length, boolean between) throws Http2Fault {
        var taken = new byte[length];
        int have = 0;
        while (have < length) {
            if (position == bytes.length) {
                byte[] more = source.next(between && have == 0);
                if (more == null) {
                    return null;
                }
                bytes = more;
                position = 0;
            }
            int part = Math.min(length - have, bytes.length - position);
            System.arraycopy(bytes, position, taken, have, part);
            position += part;
            have += part;
        }
        return taken;
    }
}
