package dev.octosts.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Reads a request's body within bounds of size and time. */
final class RequestBody {

    static final int MAXIMUM_BYTES = 64 * 1024;
    private static final Duration MAXIMUM_TIME = Duration.ofSeconds(10);

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("request-body-timer").factory());

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
     * @throws InvalidRequestException when it is larger, ends early or takes longer than ten seconds
     */
    static String read(InputStream body, int maximum) throws InvalidRequestException {
        return new String(
                withinTime(() -> {
                    byte[] bytes = body.readNBytes(maximum + 1);
                    if (bytes.length > maximum) {
                        throw new InvalidRequestException.TooLarge("request body", maximum);
                    }
                    return bytes;
                }),
                StandardCharsets.UTF_8);
    }

    /**
     * Reads, and stops it after ten seconds.
     *
     * @throws InvalidRequestException when the body ends early, when it takes too long, or what {@code reading} throws
     */
    static <T> T withinTime(Reading<T> reading) throws InvalidRequestException {
        // Read time-outs of a socket start anew with each byte. Interrupting a virtual thread closes the socket that
        // it reads from, so a caller who drips its body is cut off.
        Thread reader = Thread.currentThread();
        var cut = TIMER.schedule(reader::interrupt, MAXIMUM_TIME.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return reading.read();
        } catch (IOException | RuntimeException cutOff) {
            // The container's stream throws exceptions of its own when the caller hangs up.
            throw new InvalidRequestException(
                    "the request body ends early, or takes longer than " + MAXIMUM_TIME.toSeconds() + " seconds");
        } finally {
            cut.cancel(false);
        }
    }

    /** Reads a body, or a part of it. */
    interface Reading<T> {
        T read() throws IOException, InvalidRequestException;
    }
}
