package dev.octosts.app.edge;

import dev.octosts.app.settings.Serving;
import dev.octosts.app.settings.Settings;
import io.helidon.microprofile.server.ServerCdiExtension;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.HashSet;
import java.util.Set;

/** Puts the server's edge around the resources. */
@ApplicationScoped
class Edge {

    private final Settings settings;
    private final Drain drain;

    @Inject
    Edge(Settings settings, Drain drain) {
        this.settings = settings;
        this.drain = drain;
    }

    void surround(
            @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.PLATFORM_BEFORE)
                    Object event,
            ServerCdiExtension server) {
        var routing = server.serverRoutingBuilder().addFilter(new AccessLog()).addFilter(new Farewell(drain));
        if (settings.serving() == Serving.WEBHOOK) {
            routing.addFilter(new WebhookEverywhere());
        }
        routing.addFilter(new ExactPaths(switchedOff()))
                .addFilter(new SoundQueries())
                .addFeature(new NotFound());
    }

    private Set<String> switchedOff() {
        var paths = new HashSet<String>();
        if (!settings.metrics()) {
            paths.add("/metrics");
        }
        if (!settings.webhook().isOn()) {
            paths.add(WebhookEverywhere.PATH);
        }
        return paths;
    }
}
