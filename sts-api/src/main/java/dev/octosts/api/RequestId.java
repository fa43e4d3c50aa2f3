package dev.octosts.api;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The id of a request. The response, the access line and the audit line carry it, so it connects the three. It is
 * unique, not secret.
 *
 * @param value 1 to 128 characters of {@code [A-Za-z0-9._-]}
 */
public record RequestId(String value) {

    /** The header of request and response. */
    public static final String HEADER = "X-Request-Id";

    private static final int MAXIMUM_LENGTH = 128;
    private static final ScopedValue<RequestId> CURRENT = ScopedValue.newInstance();

    public RequestId {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("not a request id");
        }
    }

    /** A new one, of 128 random bits. */
    public static RequestId generate() {
        var random = ThreadLocalRandom.current();
        var hex = HexFormat.of();
        return new RequestId(hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong()));
    }

    /**
     * The one that a request brings, if it brings exactly one that is well formed; else a new one.
     *
     * @param given all values of the header
     */
    public static RequestId of(List<String> given) {
        return given.size() == 1 && isWellFormed(given.getFirst()) ? new RequestId(given.getFirst()) : generate();
    }

    /** The one of the request that this thread works on; a new one when it works on none. */
    public static RequestId current() {
        return CURRENT.isBound() ? CURRENT.get() : generate();
    }

    /** Runs the work of a request. During the run {@link #current} is this id. */
    public void during(Runnable work) {
        ScopedValue.where(CURRENT, this).run(work);
    }

    private static boolean isWellFormed(String text) {
        if (text.isEmpty() || text.length() > MAXIMUM_LENGTH) {
            return false;
        }
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            boolean allowed = (character >= 'a' && character <= 'z')
                    || (character >= 'A' && character <= 'Z')
                    || (character >= '0' && character <= '9')
                    || character == '.'
                    || character == '_'
                    || character == '-';
            if (!allowed) {
                return false;
            }
        }
        return true;
    }
}
