package dev.octosts.app.edge;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectTransportRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that Helidon would accept although two programs in a row could read them in two ways, and requests
 * that Helidon cannot route.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-6.3">RFC 9112, section 6.3, message body length</a>
 */
final class RequestSmugglingGuard {

    private static final int MAX_LENGTH_DIGITS = 18;

    /** RFC 6585, section 5; Helidon has no constant for it. */
    private static final Status HEADERS_TOO_LARGE = Status.create(431, "Request Header Fields Too Large");

    private RequestSmugglingGuard() {}

    /** Refuses {@code OPTIONS *}, CONNECT and every other target that is not a path. */
    static void refuseOtherTargets(HttpPrologue prologue) {
        if (!prologue.uriPath().rawPath().startsWith("/")) {
            throw refused(Status.BAD_REQUEST_400, "the target is not a path");
        }
    }

    /** Refuses a body whose length is given in several ways, or not as a number. */
    static void refuseAmbiguousLength(@Nullable HttpPrologue prologue, Headers headers) {
        if (!headers.contains(HeaderNames.CONTENT_LENGTH)) {
            return;
        }
        var lengths = headers.all(HeaderNames.CONTENT_LENGTH, List::of);
        if (headers.contains(HeaderNames.TRANSFER_ENCODING) || lengths.size() != 1 || !isLength(lengths.getFirst())) {
            var refused = refusal(Status.BAD_REQUEST_400, "the length of the body is ambiguous");
            if (prologue != null) {
                refused.request(DirectTransportRequest.create(prologue, headers));
            }
            throw refused.build();
        }
    }

    static RequestException tooLarge() {
        return refused(HEADERS_TOO_LARGE, "the headers are too large");
    }

    /** The refusal of a sound request: there is no memory for another slow request. */
    static RequestException noRoom() {
        return refusal(Status.SERVICE_UNAVAILABLE_503, "too many slow requests").build();
    }

    private static boolean isLength(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH_DIGITS
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    private static RequestException refused(Status status, String message) {
        return refusal(status, message).build();
    }

    private static RequestException.Builder refusal(Status status, String message) {
        return RequestException.builder()
                .type(EventType.BAD_REQUEST)
                .status(status)
                .message(message)
                .setKeepAlive(false);
    }
}
