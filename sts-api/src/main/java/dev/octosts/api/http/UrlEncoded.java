package dev.octosts.api.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/**
 * Reads {@code application/x-www-form-urlencoded} text strictly: it refuses text that it cannot decode, where the class
 * library would guess.
 *
 * @see <a href="https://url.spec.whatwg.org/#application/x-www-form-urlencoded">URL Standard</a>
 */
final class UrlEncoded {

    private static final int MAXIMUM_PAIRS = 100;

    private UrlEncoded() {}

    /** Hands every pair of the text to {@code pairs}, in order. */
    static void read(String text, BiConsumer<String, String> pairs) throws InvalidRequestException {
        int count = 0;
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('&', start);
            if (end < 0) {
                end = text.length();
            }
            if (end > start) {
                if (++count > MAXIMUM_PAIRS) {
                    throw new InvalidRequestException("too many parameters: at most " + MAXIMUM_PAIRS + " are read");
                }
                readPair(text.substring(start, end), pairs);
            }
            start = end + 1;
        }
    }

    private static void readPair(String pair, BiConsumer<String, String> pairs) throws InvalidRequestException {
        if (pair.indexOf(';') >= 0) {
            throw new InvalidRequestException("invalid semicolon separator in query");
        }
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        pairs.accept(decode(name), decode(value));
    }

    private static String decode(String text) throws InvalidRequestException {
        if (text.indexOf('%') < 0) {
            return text.replace('+', ' ');
        }
        var bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes.write(escaped(text, i));
                i += 2;
            } else {
                bytes.writeBytes((c == '+' ? " " : String.valueOf(c)).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new InvalidRequestException("invalid URL escape: the decoded value is not UTF-8");
        }
    }

    private static int escaped(String text, int at) throws InvalidRequestException {
        if (at + 2 < text.length()) {
            int high = Character.digit(text.charAt(at + 1), 16);
            int low = Character.digit(text.charAt(at + 2), 16);
            if (high >= 0 && low >= 0 && text.charAt(at + 1) < 128 && text.charAt(at + 2) < 128) {
                return high << 4 | low;
            }
        }
        String shown = text.substring(at, Math.min(at + 3, text.length()));
        throw new InvalidRequestException("invalid URL escape \"" + shown + "\"");
    }
}
