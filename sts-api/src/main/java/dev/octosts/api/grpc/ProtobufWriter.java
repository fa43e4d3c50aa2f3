package dev.octosts.api.grpc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the fields of one protobuf message. Empty texts and zeroes are left out, as the format wants. */
final class ProtobufWriter {

    private static final int VARINT = 0;
    private static final int BYTES = 2;
    private static final int TYPE_BITS = 3;
    private static final int VARINT_BITS = 7;
    private static final int MORE = 0x80;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    ProtobufWriter() {}

    ProtobufWriter text(int field, String value) {
        return value.isEmpty() ? this : bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Each text, the empty ones too: the number of values counts. */
    ProtobufWriter texts(int field, Iterable<String> values) {
        for (String value : values) {
            bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }
        return this;
    }

    ProtobufWriter number(int field, long value) {
        if (value != 0) {
            varint(((long) field << TYPE_BITS) | VARINT);
            varint(value);
        }
        return this;
    }

    ProtobufWriter message(int field, ProtobufWriter value) {
        return bytes(field, value.toBytes());
    }

    private ProtobufWriter bytes(int field, byte[] value) {
        varint(((long) field << TYPE_BITS) | BYTES);
        varint(value.length);
        bytes.writeBytes(value);
        return this;
    }

    private void varint(long value) {
        long left = value;
        while ((left & -MORE) != 0) {
            bytes.write((int) left | MORE);
            left >>>= VARINT_BITS;
        }
        bytes.write((int) left);
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
