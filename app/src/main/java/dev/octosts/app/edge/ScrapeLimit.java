package dev.octosts.app.edge;

import dev.octosts.api.budget.BusyException;
import dev.octosts.api.budget.RateBudget;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/** Bounds how often the metrics are written down: once costs as much processor time as several exchanges. */
final class ScrapeLimit implements Filter {

    static final String PATH = "/metrics";

    private static final int EACH_SECOND = 20;
    private static final int AT_ONCE = 40;

    private final RateBudget<String> scrapes = new RateBudget<>(EACH_SECOND, AT_ONCE, 1, System::nanoTime);

    ScrapeLimit() {}

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (request.prologue().uriPath().rawPath().equals(PATH)) {
            try {
                scrapes.use(PATH);
            } catch (BusyException tooOften) {
                Refusals.tooOften(request, response);
                return;
            }
        }
        chain.proceed();
    }
}
