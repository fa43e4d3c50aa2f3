package dev.octosts.app.edge;

import io.helidon.common.context.Context;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.http.DirectHandlers;
import java.util.concurrent.ExecutorService;

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
}
