package dev.octosts.app.edge;

import dev.octosts.api.budget.Turns;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/**
 * Lets other requests go before pages, descriptions and metrics, which take more of a processor than an exchange, and
 * which nobody waits for.
 */
final class PagesLast implements Filter {

    PagesLast() {}

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (canWait(request.prologue().uriPath().rawPath())) {
            Turns.letOthersGoFirst();
        }
        chain.proceed();
    }

    static boolean canWait(String path) {
        return path.equals("/")
                || path.startsWith("/playground")
                || path.startsWith("/openapi")
                || path.startsWith("/metrics");
    }
}
