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
     * Reads a whole body.
     *
     * @throws TooLargeException when it is larger than {@link #MAXIMUM_BYTES}
     * @throws InvalidRequestException when it ends early or takes longer than ten seconds
     */
    static String read(InputStream body) throws InvalidRequestException, TooLargeException {
        // Read time-outs of a socket start anew with each byte. Interrupting a virtual thread closes the socket that
        // it reads from, so a caller who drips its body is cut off.
        Thread reader = Thread.currentThread();
        var cut = TIMER.schedule(reader::interrupt, MAXIMUM_TIME.toMillis(), TimeUnit.MILLISECONDS);
        try {
            byte[] bytes = body.readNBytes(MAXIMUM_BYTES + 1);
            if (bytes.length > MAXIMUM_BYTES) {
                throw new TooLargeException();
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException | RuntimeException cutOff) {
            // The container's stream throws exceptions of its own when the caller hangs up.
            throw new InvalidRequestException(
                    "the request body ends early, or takes longer than " + MAXIMUM_TIME.toSeconds() + " seconds");
        } finally {
            cut.cancel(false);
        }
    }

    /** The body is larger than is read. */
    static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;

        TooLargeException() {
            super("request body too large: at most " + MAXIMUM_BYTES + " bytes are read", null, false, false);
        }
    }
}
