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
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Exercises the service before a caller does, and knows when that is done. */
@ApplicationScoped
class Primed {

    private static final Logger LOG = LoggerFactory.getLogger(Primed.class);
    /** Metrics, which the exchange counts in, are registered before; the server starts 100 later. */
    private static final int BEFORE_THE_SERVER = Interceptor.Priority.PLATFORM_AFTER;

    private static final int AFTER_THE_SERVER = Interceptor.Priority.PLATFORM_AFTER + 200;
    private static final int EXERCISES = 2;

    private final Priming exchange;
    private final Instance<TokenExchange> exchanges;
    private final CountDownLatch pending = new CountDownLatch(EXERCISES);

    @Inject
    Primed(Priming exchange, Instance<TokenExchange> exchanges) {
        this.exchange = exchange;
        this.exchanges = exchanges;
    }

    /** GitHub may be far away: the way there and back is covered beside the server's start. */
    void meetGitHub(@Observes @Initialized(ApplicationScoped.class) @Priority(BEFORE_THE_SERVER) Object event) {
        // The exchange is made when it is first wanted, with all that it is made of.
        exercise(() -> exchange.prime(exchanges::get));
    }

    void callTheServer(
            @Observes @Initialized(ApplicationScoped.class) @Priority(AFTER_THE_SERVER) Object event,
            ServerCdiExtension server) {
        int port = server.port();
        exercise(() -> LocalRequests.send(port));
    }

    boolean isDone() {
        return pending.getCount() == 0;
    }

    private void exercise(Runnable exercise) {
        Thread.ofVirtual().name("priming").start(() -> {
            try {
                exercise.run();
            } catch (RuntimeException failed) {
                // An unprimed service serves as well, if slower at first.
                LOG.warn("priming failed", failed);
            } finally {
                pending.countDown();
            }
        });
    }
}
