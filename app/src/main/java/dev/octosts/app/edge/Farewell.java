package dev.octosts.app.edge;

import io.helidon.http.HeaderValues;
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
        if (drain.isBegun()) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        chain.proceed();
    }
}
