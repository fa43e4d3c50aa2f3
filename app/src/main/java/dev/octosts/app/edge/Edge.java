package dev.octosts.app.edge;

import dev.octosts.api.DeliveryTurnedAway;
import dev.octosts.api.TokenExchange;
import dev.octosts.api.budget.MemoryBudget;
import dev.octosts.api.grpc.SecurityTokenService;
import dev.octosts.api.trace.Tracer;
import dev.octosts.app.pages.ApiPage;
import dev.octosts.app.settings.ServedParts;
import dev.octosts.app.settings.Settings;
import io.helidon.common.Weighted;
import io.helidon.microprofile.server.ServerCdiExtension;
import io.helidon.openapi.OpenApiFeature;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Adds the filters, limits and error answers of the edge to the server, in front of the resources. */
@ApplicationScoped
class Edge {

    /** JAX-RS answers every path, and its answer is final. */
    private static final double BEFORE_THE_RESOURCES = 120;

    private static final int SHARE_OF_THE_HEAP = 4;

    /** Watches of the health service have no end, and each takes the place of a request. */
    private static final int MOST_WATCHERS = 64;

    private static final int SHARE_OF_WATCHERS = 8;

    /**
     * A request younger than this is not closed for another one, so that requests that come at the same time can end.
     */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

    private final Settings settings;
    private final Drain drain;
    private final Instance<TokenExchange> exchange;
    private final Instance<HealthCheck> readiness;
    private final Instance<Tracer> tracer;

    @Inject
    Edge(
            Settings settings,
            Drain drain,
            Instance<TokenExchange> exchange,
            @Readiness Instance<HealthCheck> readiness,
            Instance<Tracer> tracer) {
        this.settings = settings;
        this.drain = drain;
        this.exchange = exchange;
        this.readiness = readiness;
        this.tracer = tracer;
    }

    /** The memory that unfinished requests and waiting callers may hold together: a quarter of the heap. */
    @Produces
    @Singleton
    static MemoryBudget memoryOfSlowCallers() {
        return new MemoryBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_THE_HEAP, PATIENCE, System::nanoTime);
    }

    /** All connections of the server. */
    @Produces
    @Singleton
    static Connections connections(
            Settings settings, MemoryBudget memory, CutOff.Listener listener, Event<DeliveryTurnedAway> turnedAway) {
        // On a thread of its own: the thread that closes a connection belongs to another connection, which must go on.
        Runnable fire = () -> Thread.ofVirtual().start(() -> turnedAway.fire(new DeliveryTurnedAway()));
        return new Connections(
                settings.maxConnections(), memory, listener, settings.webhook().isOn() ? fire : () -> {});
    }

    void surround(
            @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.PLATFORM_BEFORE)
                    Object event,
            ServerCdiExtension server) {
        server.addFeature(description());
        server.serverRoutingBuilder().addFeature(new Filters(filters())).addFeature(new NotFound());
    }

    /** The description of the API, written by hand. MicroProfile's feature would parse it at every start. */
    private static OpenApiFeature description() {
        return OpenApiFeature.builder()
                .staticFile("META-INF/openapi.yaml")
                .addService(new ApiPage())
                .weight(BEFORE_THE_RESOURCES)
                .build();
    }

    private List<Filter> filters() {
        var inOrder = new ArrayList<Filter>();
        inOrder.add(new RequestIds());
        inOrder.add(new AccessLog());
        if (tracer.isResolvable()) {
            inOrder.add(new RequestTraces(tracer.get()));
        }
        inOrder.add(new ConnectionCloseFilter(drain::isBegun));
        if (settings.serving() == ServedParts.WEBHOOK) {
            inOrder.add(new WebhookOnlyFilter());
        }
        inOrder.add(new ExactPaths(switchedOff()));
        inOrder.add(new PagesLast());
        inOrder.add(new QueryNormalizer());
        if (settings.grpc()) {
            inOrder.add(grpc());
        }
        return inOrder;
    }

    private GrpcDoor grpc() {
        Optional<SecurityTokenService> tokens = settings.serving().exchanges()
                ? Optional.of(new SecurityTokenService(exchange.get()))
                : Optional.empty();
        int mostWatchers = Math.min(MOST_WATCHERS, settings.maxConnections() / SHARE_OF_WATCHERS);
        return new GrpcDoor(tokens, new GrpcHealth(this::isReady, drain::isBegun, mostWatchers));
    }

    private boolean isReady() {
        return readiness.stream().allMatch(check -> check.call().getStatus() == HealthCheckResponse.Status.UP);
    }

    private Set<String> switchedOff() {
        var paths = new HashSet<String>();
        if (!settings.metrics()) {
            paths.add("/metrics");
        }
        if (!settings.webhook().isOn()) {
            paths.add(WebhookOnlyFilter.PATH);
        }
        return paths;
    }

    /**
     * Installs our filters in front of those of Helidon's features: one of these decodes queries, and fails when it
     * cannot.
     */
    private static final class Filters implements HttpFeature, Weighted {

        private static final double BEFORE_ALL_OTHERS = 10_000;

        private final List<Filter> inOrder;

        Filters(List<Filter> inOrder) {
            this.inOrder = List.copyOf(inOrder);
        }

        @Override
        public void setup(HttpRouting.Builder routing) {
            inOrder.forEach(routing::addFilter);
        }

        @Override
        public double weight() {
            return BEFORE_ALL_OTHERS;
        }
    }

    /** The last route: it answers 404 to every request that neither the resources nor the observers take. */
    private static final class NotFound implements HttpFeature, Weighted {

        private static final double AFTER_ALL_OTHERS = 0.5;

        NotFound() {}

        @Override
        public void setup(HttpRouting.Builder routing) {
            routing.any(EdgeErrors::notFound);
        }

        @Override
        public double weight() {
            return AFTER_ALL_OTHERS;
        }
    }
}
