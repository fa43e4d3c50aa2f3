package dev.octosts.app.audit;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
        List<byte[]> parts = record.texts().stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        int length = parts.stream().mapToInt(part -> Integer.BYTES + part.length).sum();
        ByteBuffer frame = ByteBuffer.allocate(HEAD + length).position(HEAD);
        for (byte[] part : parts) {
            frame.putInt(part.length).put(part);
        }
        return frame.putInt(0, length)
                .putInt(Integer.BYTES, checksum(frame.array(), HEAD, length))
                .flip();
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
        if (checksum(content, 0, length) != buffer.getInt(buffer.position() + Integer.BYTES)) {
            return Optional.empty();
        }
        try {
            AuditRecord record = AuditRecord.of(texts(content));
            buffer.position(buffer.position() + HEAD + length);
            return Optional.of(record);
        } catch (IOException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static List<String> texts(byte[] content) throws IOException {
        var texts = new ArrayList<String>();
        try (var in = new DataInputStream(new ByteArrayInputStream(content))) {
            while (in.available() > 0) {
                int length = in.readInt();
                if (length < 0 || length > in.available()) {
                    throw new IOException("a part is longer than its record");
                }
                texts.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    private static int checksum(byte[] content, int from, int length) {
        var checksum = new CRC32C();
        checksum.update(content, from, length);
        return (int) checksum.getValue();
    }
}
