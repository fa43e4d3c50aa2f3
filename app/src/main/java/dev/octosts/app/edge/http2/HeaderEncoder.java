package dev.octosts.app.edge.http2;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Encodes headers of responses, each as plain text. Nothing gets into the table of the connection, so that the order in
 * which streams are answered does not matter and a peer with a table of size 0 is served as well.
 */
public final class HeaderEncoder {

    /** A literal header whose name is not in a table and which is not to be put into one. */
    private static final int LITERAL = 0;

    private static final int LENGTH_MASK = 0x7F;
    private static final int MORE = 0x80;
    private static final int BITS = 7;

    private HeaderEncoder() {}

    /** One block of headers. */
    public static byte[] encode(Iterable<HeaderField> fields) {
        var block = new ByteArrayOutputStream();
        for (HeaderField field : fields) {
            block.write(LITERAL);
            text(block, field.name());
            text(block, field.value());
        }
        return block.toByteArray();
    }

    private static void text(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < LENGTH_MASK) {
            block.write(bytes.length);
        } else {
            block.write(LENGTH_MASK);
            int left = bytes.length - LENGTH_MASK;
            while (left >= MORE) {
                block.write((left & LENGTH_MASK) | MORE);
                left >>>= BITS;
            }
            block.write(left);
        }
        block.writeBytes(bytes);
    }
}
