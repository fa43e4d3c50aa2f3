package dev.octosts.probers;

/**
 * The HTTP statuses that this client handles.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-15">RFC 9110, section 15</a>
 */
final class HttpStatus {

    static final int OK = 200;
    static final int NO_CONTENT = 204;
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int GONE = 410;

    private HttpStatus() {}

    static boolean isRedirect(int status) {
        return status / 100 == 3;
    }

    /** Whether the answer may change with time alone: too many requests, or a gateway without its service. */
    static boolean heals(int status) {
        return switch (status) {
            case 429, 502, 503, 504 -> true;
            default -> false;
        };
    }
}
