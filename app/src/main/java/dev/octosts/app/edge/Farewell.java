package dev.octosts.app.edge;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/** Tells callers of a process that is about to stop to connect anew for their next request. */
final class Farewell implements Filter {

    private final Drain drain;

    Farewell(Drain drain) {
        this.drain = drain;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (!drain.isBegun()) {
            chain.proceed();
            return;
        }
        response.header(HeaderValues.CONNECTION_CLOSE);
        chain.proceed();
        if (response.isSent()) {
            // Helidon says so on its own account alone, and would wait for the next request.
            throw new CloseConnectionException("this process is about to stop");
        }
    }
}
