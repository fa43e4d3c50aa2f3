package dev.octosts.api.grpc;

import dev.octosts.api.ProblemCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of one protobuf message in the order in which they come. Every length is held against the bytes that
 * are there before anything is taken.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protobuf encoding</a>
 */
final class ProtobufReader {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;
    private static final int TYPE_BITS = 3;
    private static final int TYPE_MASK = 7;
    private static final int VARINT_BITS = 7;
    private static final int MOST_VARINT_BITS = 64;
    private static final long LARGEST_TAG = 0xFFFF_FFFFL;

    private final byte[] bytes;
    private final int end;
    private int position;
    private int field;
    private int type;

    ProtobufReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private ProtobufReader(byte[] bytes, int begin, int end) {
        this.bytes = bytes;
        this.position = begin;
        this.end = end;
    }

    /** Goes to the next field; false at the end of the message. */
    boolean next() throws GrpcFault {
        if (position == end) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> TYPE_BITS);
        type = (int) (tag & TYPE_MASK);
        if (tag < 0 || tag > LARGEST_TAG || field == 0) {
            throw malformed();
        }
        return true;
    }

    /** The number of the field. */
    int field() {
        return field;
    }

    /** The value of a field of text. */
    String text() throws GrpcFault {
        int begin = delimited();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, begin, position - begin))
                    .toString();
        } catch (CharacterCodingException _) {
            throw malformed();
        }
    }

    /** The value of a field of whole numbers. */
    long number() throws GrpcFault {
        expect(VARINT);
        return varint();
    }

    /** The value of a field that is a message itself. */
    ProtobufReader message() throws GrpcFault {
        int begin = delimited();
        return new ProtobufReader(bytes, begin, position);
    }

    /** Goes past a field that the reader does not know. */
    void skip() throws GrpcFault {
        switch (type) {
            case VARINT -> varint();
            case FIXED64 -> advance(Long.BYTES);
            case BYTES -> delimited();
            case FIXED32 -> advance(Integer.BYTES);
            default -> throw malformed(); // groups, which no message of today has
        }
    }

    /** Goes past a value that begins with its length, and returns where it begins. */
    private int delimited() throws GrpcFault {
        expect(BYTES);
        long length = varint();
        if (length < 0 || length > end - position) {
            throw malformed();
        }
        int begin = position;
        position += (int) length;
        return begin;
    }

    private void expect(int wanted) throws GrpcFault {
        if (type != wanted) {
            throw malformed();
        }
    }

    private void advance(int length) throws GrpcFault {
        if (length > end - position) {
            throw malformed();
        }
        position += length;
    }

    private long varint() throws GrpcFault {
        long value = 0;
        for (int shift = 0; shift < MOST_VARINT_BITS; shift += VARINT_BITS) {
            if (position == end) {
                throw malformed();
            }
            byte part = bytes[position++];
            value |= (long) (part & Byte.MAX_VALUE) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw malformed();
    }

    private static GrpcFault malformed() {
        return new GrpcFault(ProblemCode.INTERNAL, "the message is not protobuf of this method");
    }
}
