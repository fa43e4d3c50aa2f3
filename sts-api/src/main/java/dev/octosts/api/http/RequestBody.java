package dev.octosts.api.http;

import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.api.budget.NoRoomException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a request's body up to a maximum size. The server's edge bounds the time that a body may take, and what all
 * unfinished requests hold together.
 */
final class RequestBody {

    static final int MAXIMUM_BYTES = 64 * 1024;

    private static final int FIRST_BYTES = 1024;

    private RequestBody() {}

    /**
     * Reads the whole body of an exchange.
     *
     * @throws InvalidRequestException as {@link #read(InputStream, int)}
     */
    static String read(InputStream body) throws InvalidRequestException {
        return read(body, MAXIMUM_BYTES);
    }

    /**
     * Reads a whole body.
     *
     * @param maximum how many bytes it may have
     * @throws InvalidRequestException when it is larger, ends early, takes too long or finds no room
     */
    static String read(InputStream body, int maximum) throws InvalidRequestException {
        byte[] bytes = upTo(maximum + 1, body);
        if (bytes.length > maximum) {
            throw new InvalidRequestException.TooLarge("request body", maximum);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * Reads until the end, or until there are as many bytes. Memory is taken for what has come, not in advance.
     *
     * @throws InvalidRequestException when the body ends early, takes too long or finds no room
     */
    static byte[] upTo(int maximum, InputStream body) throws InvalidRequestException {
        byte[] bytes = new byte[Math.min(FIRST_BYTES, maximum)];
        int length = 0;
        try {
            int read = body.read(bytes);
            while (read > 0) {
                length += read;
                if (length == maximum) {
                    return bytes;
                }
                if (length == bytes.length) {
                    bytes = Arrays.copyOf(bytes, (int) Math.min(maximum, 2L * length));
                }
                read = body.read(bytes, length, bytes.length - length);
            }
        } catch (NoRoomException full) {
            throw new InvalidRequestException(
                    new Problem(ProblemCode.UNAVAILABLE, "too many slow callers; try again later", full.retryAfter()));
        } catch (IOException | RuntimeException cutOff) {
            // The container's stream throws exceptions of its own when the caller hangs up.
            throw new InvalidRequestException("the request body ends early, or takes too long");
        }
        return Arrays.copyOf(bytes, length);
    }
}
