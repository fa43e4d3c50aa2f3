package dev.octosts.app.edge;

import io.helidon.microprofile.server.ServerCdiExtension;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

/** Puts the server's edge around the resources. */
@ApplicationScoped
class Edge {

    Edge() {}

    void surround(
            @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.PLATFORM_BEFORE)
                    Object event,
            ServerCdiExtension server) {
        server.serverRoutingBuilder()
                .addFilter(new AccessLog())
                .addFilter(new ExactPaths())
                .addFilter(new SoundQueries())
                .addFeature(new NotFound());
    }
}
