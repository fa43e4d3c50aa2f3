package dev.octosts.api.grpc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The form of {@code grpc-message}: UTF-8, of which everything but printable ASCII is percent-encoded, and the percent
 * sign as well.
 */
public final class GrpcText {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int ESCAPE_LENGTH = 3;

    private GrpcText() {}

    /** A message as the header carries it. */
    public static String encode(String message) {
        var text = new StringBuilder(message.length() + ESCAPE_LENGTH);
        for (byte each : message.getBytes(StandardCharsets.UTF_8)) {
            if (each >= ' ' && each <= '~' && each != '%') {
                text.append((char) each);
            } else {
                text.append('%').append(HEX.toHexDigits(each));
            }
        }
        return text.toString();
    }

    /** A message from its header. A percent sign without two hexadecimal digits is taken as it is. */
    public static String decode(String text) {
        var bytes = new ByteArrayOutputStream(text.length());
        for (int index = 0; index < text.length(); index++) {
            char each = text.charAt(index);
            if (each == '%' && isEscape(text, index)) {
                bytes.write(HexFormat.fromHexDigits(text, index + 1, index + ESCAPE_LENGTH));
                index += ESCAPE_LENGTH - 1;
            } else {
                bytes.writeBytes(String.valueOf(each).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static boolean isEscape(String text, int percent) {
        return percent + ESCAPE_LENGTH <= text.length()
                && HexFormat.isHexDigit(text.charAt(percent + 1))
                && HexFormat.isHexDigit(text.charAt(percent + 2));
    }
}
