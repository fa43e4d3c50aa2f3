package dev.octosts.app.edge;

import dev.octosts.app.settings.Settings;
import io.helidon.Main;
import io.helidon.common.Weighted;
import io.helidon.microprofile.server.ServerCdiExtension;
import io.helidon.spi.HelidonShutdownHandler;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time between the signal to stop and the end of listening. Readiness is gone and every answer closes its
 * connection, so that a balancer sends callers elsewhere; a caller that still comes is served. A listener that closes
 * at once would lose requests that are on their way over connections that it holds open.
 */
@ApplicationScoped
public class Drain {

    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    private static final int AFTER_THE_SERVER = Interceptor.Priority.PLATFORM_AFTER + 200;

    private final Duration time;
    private volatile boolean begun;

    @Inject
    Drain(Settings settings) {
        this.time = settings.drain();
    }

    /** Whether the process got the signal to stop. */
    public boolean isBegun() {
        return begun;
    }

    void prepare(
            @Observes @Initialized(ApplicationScoped.class) @Priority(AFTER_THE_SERVER) Object event,
            ServerCdiExtension server) {
        if (!time.isZero()) {
            Main.addShutdownHandler(new BeforeTheServer());
        }
    }

    private void drain() {
        begun = true;
        LOG.atInfo().addKeyValue("seconds", time.toSeconds()).log("asked to stop; serving until balancers know");
        try {
            Thread.sleep(time);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Handlers run by weight, the heaviest first; the handlers of the server have the default weight. */
    private final class BeforeTheServer implements HelidonShutdownHandler, Weighted {

        @Override
        public void shutdown() {
            drain();
        }

        @Override
        public double weight() {
            return DEFAULT_WEIGHT * 2;
        }
    }
}
