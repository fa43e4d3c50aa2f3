package dev.octosts.app.edge;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.function.BooleanSupplier;

/**
 * Ends a connection after an answer that announces it. While the process is about to stop, every answer does so, and
 * callers connect again. Helidon alone would wait for the next request, and take the unread rest of a body for one.
 */
final class ConnectionCloseFilter implements Filter {

    private final BooleanSupplier stops;

    /** A filter with a function that says whether the process is about to stop. */
    ConnectionCloseFilter(BooleanSupplier stops) {
        this.stops = stops;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        boolean last = stops.getAsBoolean();
        if (last) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        chain.proceed();
        last = last
                || request.headers().contains(HeaderValues.CONNECTION_CLOSE)
                || response.headers().contains(HeaderValues.CONNECTION_CLOSE);
        if (last && response.isSent()) {
            throw new CloseConnectionException("the answer was the last one");
        }
    }
}
