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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the requests that come before the first caller: the parts of an exchange, GitHub, and the server itself have
 * worked once before a caller comes. Each task has a thread of its own. A task that fails is never done: a service that
 * cannot make an exchange, or whose machine cannot verify a signature, would refuse every caller.
 */
@ApplicationScoped
class FirstRequests {

    private static final Logger LOG = LoggerFactory.getLogger(FirstRequests.class);
    /** Metrics are registered before, because the exchange counts in them; the server starts 100 later. */
    private static final int BEFORE_THE_SERVER = Interceptor.Priority.PLATFORM_AFTER;

    private static final int AFTER_THE_SERVER = Interceptor.Priority.PLATFORM_AFTER + 200;

    private static final int ROUNDS = 8;
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final byte[] REQUEST =
            "GET /healthcheck HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final WarmUp exchange;
    private final Instance<TokenExchange> exchanges;
    private final Tasks tasks = new Tasks(2);

    @Inject
    FirstRequests(WarmUp exchange, Instance<TokenExchange> exchanges) {
        this.exchange = exchange;
        this.exchanges = exchanges;
    }

    /** GitHub may be far away: the round trip overlaps with the server's start. */
    void callGitHub(@Observes @Initialized(ApplicationScoped.class) @Priority(BEFORE_THE_SERVER) Object event) {
        // The exchange and its parts are created at the first use.
        tasks.begin(() -> exchange.prime(exchanges::get));
    }

    void callTheServer(
            @Observes @Initialized(ApplicationScoped.class) @Priority(AFTER_THE_SERVER) Object event,
            ServerCdiExtension server) {
        int port = server.port();
        tasks.begin(() -> {
            try {
                callThisProcess(port);
            } catch (IOException slow) {
                LOG.warn(
                        "the service could not call itself; its first callers wait a little longer",
                        new UncheckedIOException(slow));
            }
        });
    }

    /** Sends a few requests, so that the server, JAX-RS and JSON-B have worked once. */
    private static void callThisProcess(int port) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            var answer = new byte[8_192];
            for (int round = 0; round < ROUNDS; round++) {
                socket.getOutputStream().write(REQUEST);
                if (socket.getInputStream().read(answer) < 0) {
                    return;
                }
            }
        }
    }

    /** The ids of all Apps while GitHub rejects every one of them; otherwise empty. */
    List<Long> rejectedApps() {
        return exchange.rejectedApps();
    }

    boolean areDone() {
        return tasks.areDone();
    }

    /** Tasks that must succeed, each on a thread of its own. */
    static final class Tasks {

        private final CountDownLatch pending;

        Tasks(int number) {
            this.pending = new CountDownLatch(number);
        }

        void begin(Runnable task) {
            Thread.ofVirtual()
                    .name("priming")
                    .uncaughtExceptionHandler(
                            (_, fault) -> LOG.error("the service does not become ready: it does not work", fault))
                    .start(() -> {
                        task.run();
                        pending.countDown();
                    });
        }

        boolean areDone() {
            return pending.getCount() == 0;
        }
    }
}
