package dev.octosts.app.observe;

import dev.octosts.api.TokenExchange;
import dev.octosts.exchange.Priming;
import io.helidon.microprofile.server.ServerCdiExtension;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Exercises the service once it listens, and knows when that is done. */
@ApplicationScoped
class Primed {

    private static final Logger LOG = LoggerFactory.getLogger(Primed.class);
    private static final int AFTER_THE_SERVER = Interceptor.Priority.PLATFORM_AFTER + 200;

    private final Priming exchange;
    private final Instance<TokenExchange> exchanges;
    private volatile boolean done;

    @Inject
    Primed(Priming exchange, Instance<TokenExchange> exchanges) {
        this.exchange = exchange;
        this.exchanges = exchanges;
    }

    void begin(
            @Observes @Initialized(ApplicationScoped.class) @Priority(AFTER_THE_SERVER) Object event,
            ServerCdiExtension server) {
        int port = server.port();
        Thread.ofVirtual().name("priming").start(() -> prime(port));
    }

    boolean isDone() {
        return done;
    }

    private void prime(int port) {
        try {
            // The exchange is made when it is first wanted, with all that it is made of.
            exchange.prime(exchanges::get, () -> LocalRequests.send(port));
        } catch (RuntimeException failed) {
            // An unprimed service serves as well, if slower at first.
            LOG.warn("priming failed", failed);
        } finally {
            done = true;
        }
    }
}
