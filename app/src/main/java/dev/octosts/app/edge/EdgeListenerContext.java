package dev.octosts.app.edge;

import dev.octosts.api.RequestId;
import io.helidon.common.context.Context;
import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.http.DirectHandlers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** Helidon's listener context, with our answers to requests that reach no resource. */
final class EdgeListenerContext implements ListenerContext {

    private static final DirectHandlers ERRORS = errors();

    private final ListenerContext listener;

    EdgeListenerContext(ListenerContext listener) {
        this.listener = listener;
    }

    private static DirectHandlers errors() {
        var handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, new ErrorAnswers());
        }
        return handlers.build();
    }

    @Override
    public DirectHandlers directHandlers() {
        return ERRORS;
    }

    @Override
    public Context context() {
        return listener.context();
    }

    @Override
    public MediaContext mediaContext() {
        return listener.mediaContext();
    }

    @Override
    public ContentEncodingContext contentEncodingContext() {
        return listener.contentEncodingContext();
    }

    @Override
    public ListenerConfig config() {
        return listener.config();
    }

    @Override
    public ExecutorService executor() {
        return listener.executor();
    }

    /**
     * Answers in place of Helidon when Helidon rejects a request by itself. The answer has the form of all failures and
     * the id of the request, and does not repeat Helidon's message.
     */
    private static final class ErrorAnswers implements DirectHandler {

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
}
