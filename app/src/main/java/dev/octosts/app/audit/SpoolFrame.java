package dev.octosts.app.audit;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/** A record in a file of the spool: its length, a checksum, and its texts. */
final class SpoolFrame {

    /** Length and checksum. */
    static final int HEAD = 2 * Integer.BYTES;

    /** Longer than every record. */
    private static final int MAXIMUM = 1 << 20;

    private SpoolFrame() {}

    /** The bytes of a record. */
    static ByteBuffer of(AuditRecord record) {
        byte[] frame = record.bytesAfter(HEAD);
        return ByteBuffer.wrap(frame)
                .putInt(frame.length - HEAD)
                .putInt(checksum(frame, HEAD))
                .rewind();
    }

    /**
     * Reads the record at the position of a buffer, and moves the position behind it.
     *
     * @return empty when there is no whole record; then the position does not move
     */
    static Optional<AuditRecord> read(ByteBuffer buffer) {
        if (buffer.remaining() < HEAD) {
            return Optional.empty();
        }
        int length = buffer.getInt(buffer.position());
        if (length <= 0 || length > MAXIMUM || buffer.remaining() < HEAD + length) {
            return Optional.empty();
        }
        var content = new byte[length];
        buffer.get(buffer.position() + HEAD, content);
        if (checksum(content, 0) != buffer.getInt(buffer.position() + Integer.BYTES)) {
            return Optional.empty();
        }
        try {
            AuditRecord record = AuditRecord.of(content);
            buffer.position(buffer.position() + HEAD + length);
            return Optional.of(record);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static int checksum(byte[] bytes, int from) {
        var checksum = new CRC32C();
        checksum.update(bytes, from, bytes.length - from);
        return (int) checksum.getValue();
    }
}
