package dev.octosts.api.grpc;

import dev.octosts.api.ProblemCode;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The frame of a message in a body: a flag that says whether it is compressed, its length in four bytes, the message.
 * Compressed messages are not read: a few bytes of them could become megabytes.
 */
public final class MessageFrames {

    /** How many bytes a message may have, as the body of an exchange over HTTP. */
    public static final int MAXIMUM_BYTES = 64 * 1024;

    /** How many bytes stand in front of a message. */
    public static final int PREFIX_BYTES = 5;

    private MessageFrames() {}

    /** A message in its frame. */
    public static byte[] frame(byte[] message) {
        return ByteBuffer.allocate(PREFIX_BYTES + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .array();
    }

    /**
     * Whether a body that has begun so needs no more bytes to be refused: its message is compressed, larger than the
     * maximum, or not alone.
     */
    public static boolean isRefusable(byte[] body, int length) {
        if (length < PREFIX_BYTES) {
            return false;
        }
        int declared = declared(body);
        return body[0] != 0 || declared < 0 || declared > MAXIMUM_BYTES || length - PREFIX_BYTES > declared;
    }

    /** The message of a body that has to contain exactly one. */
    public static byte[] single(byte[] body) throws GrpcFault {
        if (body.length == 0) {
            throw new GrpcFault(ProblemCode.UNIMPLEMENTED, "the call has no message; send exactly one");
        }
        if (body.length < PREFIX_BYTES) {
            throw endsEarly();
        }
        if (body[0] == 1) {
            throw new GrpcFault(
                    ProblemCode.UNIMPLEMENTED,
                    "compressed messages are not accepted; send the message as it is, with grpc-encoding: identity");
        }
        if (body[0] != 0) {
            throw new GrpcFault(ProblemCode.INTERNAL, "the first byte of a message's frame is neither 0 nor 1");
        }
        int length = declared(body);
        if (length < 0 || length > MAXIMUM_BYTES) {
            throw new GrpcFault(
                    ProblemCode.RESOURCE_EXHAUSTED,
                    "received message larger than max (" + Integer.toUnsignedString(length) + " vs. " + MAXIMUM_BYTES
                            + ")");
        }
        if (body.length - PREFIX_BYTES < length) {
            throw endsEarly();
        }
        if (body.length - PREFIX_BYTES > length) {
            throw new GrpcFault(ProblemCode.UNIMPLEMENTED, "the call has several messages; send exactly one");
        }
        return Arrays.copyOfRange(body, PREFIX_BYTES, body.length);
    }

    private static int declared(byte[] body) {
        return ByteBuffer.wrap(body).getInt(1);
    }

    private static GrpcFault endsEarly() {
        return new GrpcFault(ProblemCode.INTERNAL, "the message ends early");
    }
}
