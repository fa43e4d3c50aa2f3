package dev.octosts.app.edge;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.function.BooleanSupplier;

/**
 * Ends a connection after the answer that says so; while the process is about to stop every answer does, so that callers
 * connect anew. Helidon would wait for the next request, and take for one what is left of a body that no resource has
 * read.
 */
final class Farewell implements Filter {

    private final BooleanSupplier stops;

    /** Takes whether the process is about to stop. */
    Farewell(BooleanSupplier stops) {
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
