package dev.octosts.app.edge;

import io.helidon.http.Method;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.Set;

/**
 * Passes only requests whose path is written exactly as one of ours. The server would decode and normalise paths, so
 * one resource would have many names, and a proxy's rule about one of them would not hold for the others. HEAD and
 * OPTIONS end here too: JAX-RS answers them by itself, HEAD by running the whole exchange.
 */
final class ExactPaths implements Filter {

    private static final String EXCHANGE = "/sts/";
    /** The endpoints of OAuth 2.0. */
    private static final Set<String> OAUTH = Set.of("/token", "/revoke", "/introspect");

    /** RFC 8414, section 3: the one path with a segment that begins with a dot. */
    private static final String METADATA = "/.well-known/oauth-authorization-server";

    private final Set<String> switchedOff;

    /** A filter that also refuses these paths, which exist but must not answer. */
    ExactPaths(Set<String> switchedOff) {
        this.switchedOff = Set.copyOf(switchedOff);
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        var prologue = request.prologue();
        var path = prologue.uriPath().rawPath();
        if (!isPlain(path) || switchedOff.contains(path)) {
            EdgeErrors.notFound(request, response);
        } else if ((path.startsWith(EXCHANGE) || OAUTH.contains(path)) && isAnsweredByJaxRs(prologue.method())) {
            EdgeErrors.methodNotAllowed(request, response);
        } else {
            chain.proceed();
        }
    }

    private static boolean isAnsweredByJaxRs(Method method) {
        return method.equals(Method.HEAD) || method.equals(Method.OPTIONS);
    }

    static boolean isPlain(String path) {
        if (path.equals("/") || path.equals(METADATA)) {
            return true;
        }
        return path.startsWith("/")
                && !path.endsWith("/")
                && path.indexOf('%') < 0
                && path.indexOf(';') < 0
                && !path.contains("//")
                && !path.contains("/.");
    }
}
