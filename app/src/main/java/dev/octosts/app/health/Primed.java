package dev.octosts.app.health;

import dev.octosts.api.TokenExchange;
import dev.octosts.exchange.WarmUp;
import io.helidon.microprofile.server.ServerCdiExtension;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.io.UncheckedIOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Exercises the service before the first caller comes, and knows when that is done. */
@ApplicationScoped
class Primed {

    private static final Logger LOG = LoggerFactory.getLogger(Primed.class);
    /** Metrics are registered before, because the exchange counts in them; the server starts 100 later. */
    private static final int BEFORE_THE_SERVER = Interceptor.Priority.PLATFORM_AFTER;

    private static final int AFTER_THE_SERVER = Interceptor.Priority.PLATFORM_AFTER + 200;

    private final WarmUp exchange;
    private final Instance<TokenExchange> exchanges;
    private final Exercises exercises = new Exercises(2);

    @Inject
    Primed(WarmUp exchange, Instance<TokenExchange> exchanges) {
        this.exchange = exchange;
        this.exchanges = exchanges;
    }

    /** GitHub may be far away: the round trip overlaps with the server's start. */
    void meetGitHub(@Observes @Initialized(ApplicationScoped.class) @Priority(BEFORE_THE_SERVER) Object event) {
        // The exchange and its parts are created at the first use.
        exercises.begin(() -> exchange.prime(exchanges::get));
    }

    void callTheServer(
            @Observes @Initialized(ApplicationScoped.class) @Priority(AFTER_THE_SERVER) Object event,
            ServerCdiExtension server) {
        int port = server.port();
        exercises.begin(() -> {
            try {
                LocalRequests.send(port);
            } catch (UncheckedIOException slow) {
                LOG.warn("the service could not call itself; its first callers wait a little longer", slow);
            }
        });
    }

    /** The ids of all Apps while GitHub rejects every one of them; otherwise empty. */
    List<Long> rejectedApps() {
        return exchange.rejectedApps();
    }

    boolean isDone() {
        return exercises.areDone();
    }
}
