package dev.octosts.sandbox.client;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Locale;
import java.util.Map;

/** Reads one answer after the other from a connection (RFC 9112): bodies of a known length, or in chunks. */
final class AnswerReader {
    private static final int BUFFER = 16 * 1024;
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int MOST_HEADERS = 200;
    private static final int LARGEST_BODY = 4 * 1024 * 1024;
    private static final byte[] NOTHING = {};

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int next;
    private int end;

    AnswerReader(InputStream in) {
        this.in = in;
    }

    HttpAnswer read() throws IOException {
        int status = status(line());
        int length = -1;
        boolean chunked = false;
        int headers = 0;
        for (var line = line(); !line.isEmpty(); line = line()) {
            if (++headers > MOST_HEADERS) {
                throw new ProtocolException("too many headers");
            }
            var header = header(line);
            switch (header.getKey()) {
                case "content-length" -> length = bounded(header.getValue(), 10);
                case "transfer-encoding" -> chunked = header.getValue().equalsIgnoreCase("chunked");
                default -> {}
            }
        }
        return new HttpAnswer(status, body(status, length, chunked));
    }

    private byte[] body(int status, int length, boolean chunked) throws IOException {
        if (status == 204 || status == 304) {
            return NOTHING;
        }
        if (chunked) {
            return chunks();
        }
        if (length < 0) {
            throw new ProtocolException("an answer without a length");
        }
        return bytes(length);
    }

    private byte[] chunks() throws IOException {
        var whole = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            whole.writeBytes(bytes(size));
            var _ = line();
            if (whole.size() > LARGEST_BODY) {
                throw new ProtocolException("too large an answer");
            }
        }
        while (!line().isEmpty()) {
            // Trailers have no meaning here.
        }
        return whole.toByteArray();
    }

    private int chunkSize() throws IOException {
        return bounded(line().split(";", 2)[0].strip(), 16);
    }

    private static int status(String line) throws ProtocolException {
        if (!line.startsWith("HTTP/1.1 ") || line.length() < 12) {
            throw new ProtocolException("not an HTTP/1.1 answer");
        }
        return bounded(line.substring(9, 12), 10);
    }

    private static Map.Entry<String, String> header(String line) throws ProtocolException {
        int colon = line.indexOf(':');
        if (colon < 0) {
            throw new ProtocolException("a header without a colon");
        }
        return Map.entry(
                line.substring(0, colon).toLowerCase(Locale.ROOT),
                line.substring(colon + 1).strip());
    }

    private static int bounded(String number, int radix) throws ProtocolException {
        try {
            int value = Integer.parseInt(number, radix);
            if (value >= 0 && value <= LARGEST_BODY) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // Reported below.
        }
        throw new ProtocolException("a number out of range: " + number);
    }

    private String line() throws IOException {
        var text = new StringBuilder(80);
        for (int c = read1(); c != '\n'; c = read1()) {
            if (text.length() == LONGEST_LINE) {
                throw new ProtocolException("too long a line");
            }
            text.append((char) c);
        }
        int length = text.length();
        return length > 0 && text.charAt(length - 1) == '\r' ? text.substring(0, length - 1) : text.toString();
    }

    private byte[] bytes(int count) throws IOException {
        var bytes = new byte[count];
        for (int done = 0; done < count; ) {
            if (next == end) {
                fill();
            }
            int part = Math.min(count - done, end - next);
            System.arraycopy(buffer, next, bytes, done, part);
            next += part;
            done += part;
        }
        return bytes;
    }

    private int read1() throws IOException {
        if (next == end) {
            fill();
        }
        return buffer[next++] & 0xff;
    }

    private void fill() throws IOException {
        int count = in.read(buffer);
        if (count < 0) {
            throw new EOFException("the server hung up");
        }
        next = 0;
        end = count;
    }
}
