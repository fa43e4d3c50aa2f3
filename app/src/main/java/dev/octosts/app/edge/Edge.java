package dev.octosts.app.edge;

import dev.octosts.app.settings.Settings;
import io.helidon.microprofile.server.ServerCdiExtension;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.Set;

/** Puts the server's edge around the resources. */
@ApplicationScoped
class Edge {

    private final Settings settings;

    @Inject
    Edge(Settings settings) {
        this.settings = settings;
    }

    void surround(
            @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.PLATFORM_BEFORE)
                    Object event,
            ServerCdiExtension server) {
        server.serverRoutingBuilder()
                .addFilter(new AccessLog())
                .addFilter(new ExactPaths(settings.metrics() ? Set.of() : Set.of("/metrics")))
                .addFilter(new SoundQueries())
                .addFeature(new NotFound());
    }
}
