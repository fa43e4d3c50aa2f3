/**
 * The API of the service: the HTTP resources in front, the ports behind them, and the values that pass between them.
 *
 * <p>Start at {@link dev.octosts.api.TokenExchange}. HTTP status codes exist in this module alone.
 */
module dev.octosts.api {
    requires static transitive org.jspecify;
    requires jakarta.ws.rs;
    requires jakarta.cdi;
    requires jakarta.inject;
    requires jakarta.json;
    requires io.helidon.microprofile.cdi; // normal-scoped beans are proxied, and the proxies need its readability
    requires com.github.benmanes.caffeine;
    requires org.slf4j;

    exports dev.octosts.api;
    exports dev.octosts.api.budget;
    exports dev.octosts.api.grpc;
    exports dev.octosts.api.trace; // to the module of traces, too, which is not in the layer of this one

    opens dev.octosts.api.http to
            weld.core.impl,
            io.helidon.microprofile.cdi, // create and proxy the beans
            jersey.server; // call the resources
}
