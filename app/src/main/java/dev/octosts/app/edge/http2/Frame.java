package dev.octosts.app.edge.http2;

import java.nio.ByteBuffer;

/**
 * A frame of HTTP/2.
 *
 * @param type one of the constants, or a number that means nothing to us
 * @param flags the bits of the frame
 * @param stream the stream that it belongs to; 0 for the connection
 * @param payload what is behind the first nine bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Frame(int type, int flags, int stream, byte[] payload) {

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PUSH_PROMISE = 5;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;

    /** Of DATA and HEADERS: nothing follows on this stream. */
    public static final int END_STREAM = 1;

    /** Of SETTINGS and PING: an acknowledgement. */
    public static final int ACK = 1;

    /** Of HEADERS and CONTINUATION: the block of headers is complete. */
    public static final int END_HEADERS = 4;

    static final int PADDED = 8;
    static final int WITH_PRIORITY = 0x20;

    /** The bytes in front of the payload. */
    public static final int HEAD_BYTES = 9;

    /** The largest payload that we accept, and the smallest maximum that the protocol allows. */
    public static final int MAXIMUM_BYTES = 16_384;

    private static final int PRIORITY_BYTES = 5;
    private static final int STREAM_BITS = 0x7FFF_FFFF;

    /** Whether a flag is set. */
    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** The length of the payload. */
    public int length() {
        return payload.length;
    }

    /** A number of 31 bits in the payload. */
    public int number(int index) {
        return ByteBuffer.wrap(payload).getInt(index) & STREAM_BITS;
    }

    /** The payload of DATA or HEADERS without padding and priority. */
    public ByteBuffer content() throws Http2Fault {
        int begin = 0;
        int padding = 0;
        if (has(PADDED)) {
            need(1);
            padding = payload[0] & 0xFF;
            begin = 1;
        }
        if (type == HEADERS && has(WITH_PRIORITY)) {
            need(begin + PRIORITY_BYTES);
            if (number(begin) == stream) {
                throw Http2Fault.ofConnection(Http2Error.PROTOCOL_ERROR, "a stream depends on itself");
            }
            begin += PRIORITY_BYTES;
        }
        if (padding > payload.length - begin) {
            throw Http2Fault.ofConnection(Http2Error.PROTOCOL_ERROR, "the padding is longer than the frame");
        }
        return ByteBuffer.wrap(payload, begin, payload.length - begin - padding);
    }

    private void need(int bytes) throws Http2Fault {
        if (payload.length < bytes) {
            throw Http2Fault.ofConnection(Http2Error.FRAME_SIZE_ERROR, "the frame is too short for its flags");
        }
    }

    /** The frame as it is sent. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(HEAD_BYTES + payload.length)
                .put((byte) (payload.length >>> 16))
                .put((byte) (payload.length >>> 8))
                .put((byte) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }
}
