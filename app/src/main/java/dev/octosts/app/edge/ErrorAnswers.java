package dev.octosts.app.edge;

import dev.octosts.api.RequestId;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers in place of Helidon when Helidon rejects a request by itself. The answer has the form of all failures and the
 * id of the request, and does not repeat Helidon's message.
 */
final class ErrorAnswers implements DirectHandler {

    ErrorAnswers() {}

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType eventType,
            Status status,
            ServerResponseHeaders headers,
            @Nullable String message) {
        var id = RequestId.of(request.headers().all(RequestIds.HEADER, List::of));
        headers.set(HeaderValues.create(RequestIds.HEADER, id.value()));
        headers.set(HeaderValues.CONTENT_TYPE_JSON);
        if (status.code() == Status.SERVICE_UNAVAILABLE_503.code() && !headers.contains(HeaderNames.RETRY_AFTER)) {
            headers.set(EdgeErrors.RETRY_AFTER);
        }
        var response = TransportResponse.builder().status(status).headers(headers);
        if (!request.method().equals("HEAD")) {
            response.entity(EdgeErrors.body(code(status), status.reasonPhrase()));
        }
        return response.build();
    }

    /** The gRPC code of a status. */
    private static int code(Status status) {
        return switch (status.code()) {
            case 403 -> 7;
            case 404 -> 5;
            case 405, 501, 505 -> 12;
            case 503 -> 14;
            default -> status.family() == Status.Family.CLIENT_ERROR ? 3 : 13;
        };
    }
}
