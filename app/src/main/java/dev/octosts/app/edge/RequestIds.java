package dev.octosts.app.edge;

import dev.octosts.api.RequestId;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;

/** Gives every request an id, and the response the id of its request. */
final class RequestIds implements Filter {

    static final HeaderName HEADER = HeaderNames.create(RequestId.HEADER);

    RequestIds() {}

    /** Leaves exactly one well-formed header, so that all later code sees the same id. */
    static void settle(Headers headers) {
        List<String> given = headers.all(HEADER, List::of);
        String id = RequestId.of(given).value();
        if (headers instanceof WritableHeaders<?> request
                && (given.size() != 1 || !given.getFirst().equals(id))) {
            request.set(HEADER, id);
        }
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        var id = RequestId.of(request.headers().all(HEADER, List::of));
        response.header(HEADER, id.value());
        id.during(chain::proceed);
    }
}
