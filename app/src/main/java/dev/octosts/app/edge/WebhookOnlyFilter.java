package dev.octosts.app.edge;

import io.helidon.common.uri.UriPath;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/**
 * Sends every path to the webhook, except the paths that monitor the service: where the webhook is deployed separately,
 * GitHub may have been given any address.
 */
final class WebhookOnlyFilter implements Filter {

    static final String PATH = "/webhook";

    private static final UriPath WEBHOOK = UriPath.create(PATH);

    WebhookOnlyFilter() {}

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        HttpPrologue prologue = request.prologue();
        if (!watches(prologue.uriPath().rawPath())) {
            request.prologue(HttpPrologue.create(
                    prologue.rawProtocol(),
                    prologue.protocol(),
                    prologue.protocolVersion(),
                    prologue.method(),
                    WEBHOOK,
                    prologue.query(),
                    prologue.fragment()));
        }
        chain.proceed();
    }

    static boolean watches(String path) {
        return path.equals("/health")
                || path.startsWith("/health/")
                || path.equals("/healthcheck")
                || path.equals("/metrics");
    }
}
