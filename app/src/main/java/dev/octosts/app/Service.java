package dev.octosts.app;

import dev.octosts.api.trace.Tracer;
import dev.octosts.app.audit.StoredJournal;
import dev.octosts.app.edge.HeaderTimeoutHttp1Provider;
import dev.octosts.app.health.SelfProbe;
import dev.octosts.app.keys.StartingKeys;
import dev.octosts.app.logging.Logs;
import dev.octosts.app.metrics.StoreMetrics;
import dev.octosts.app.metrics.TraceMetrics;
import dev.octosts.app.operators.OperatorsListener;
import dev.octosts.app.settings.Settings;
import dev.octosts.app.traces.TraceModule;
import dev.octosts.exchange.ExchangeSettings;
import dev.octosts.exchange.WarmUp;
import dev.octosts.github.AppCredential;
import dev.octosts.webhook.WebhookSettings;
import io.helidon.microprofile.cdi.HelidonContainerInitializer;
import io.helidon.microprofile.server.ServerCdiExtension;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running server. */
final class Service {

    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private Service() {}

    /**
     * Starts the server; it runs until the process is asked to stop.
     *
     * @param config where the settings came from; becomes the server's
     * @return why it did not start, or empty when it serves
     */
    static Optional<String> start(Settings settings, ProgramConfig config) {
        Logs.start(settings.logLevel());
        var taken = whyNotFree("PORT", settings.port());
        if (taken.isEmpty() && settings.operators().isPresent()) {
            taken = whyNotFree("OCTOSTS_ADMIN_PORT", settings.operators().get().port());
        }
        if (taken.isPresent()) {
            return taken;
        }
        settings.notices().forEach(LOG::warn);
        var keys = StartingKeys.refused(settings.exchange().gitHub().apps());
        if (!keys.isEmpty()) {
            return Optional.of(String.join("\nocto-sts: ", keys));
        }
        var spool = StoredJournal.refused(settings.audit());
        if (spool.isPresent()) {
            return Optional.of(spool.get());
        }
        Optional<Tracer> tracer;
        try {
            tracer = settings.traces().map(traces -> TraceModule.open(traces.with("service.version", Version.text())));
        } catch (IllegalStateException none) {
            return Optional.of(String.valueOf(none.getMessage()));
        }
        var warmUp = WarmUp.Early.begin(settings.exchange().egress().tls());
        config.register(settings);
        HeaderTimeoutHttp1Provider.excludeOthers();
        // Every beans.xml is part of the build: to read its schema at each start would find no fault.
        System.setProperty("org.jboss.weld.xml.disableValidating", "true");
        // The compilers use the other processors during a start: work that Weld does in parallel finishes later than
        // work that it does in sequence.
        System.setProperty("org.jboss.weld.bootstrap.concurrentDeployment", "false");
        System.setProperty("org.jboss.weld.bootstrap.preloaderThreadPoolSize", "0");
        SeContainer container = new HelidonContainerInitializer()
                .addExtensions(new SettingsExtension(settings, warmUp, tracer))
                .initialize();
        // Helidon logs a failed bind and goes on without a listener.
        int port = container
                .getBeanManager()
                .getExtension(ServerCdiExtension.class)
                .port();
        if (port != settings.port()) {
            container.close();
            return Optional.of(taken("PORT", settings.port()));
        }
        announce(settings);
        return Optional.empty();
    }

    private static Optional<String> whyNotFree(String variable, int port) {
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(port));
            return Optional.empty();
        } catch (IOException _) {
            return Optional.of(taken(variable, port));
        }
    }

    private static String taken(String variable, int port) {
        return variable + ": cannot listen on port " + port
                + ", another program uses it or this user may not; give another one";
    }

    private static void announce(Settings settings) {
        long jvmStart = ManagementFactory.getRuntimeMXBean().getStartTime();
        LOG.atInfo()
                .addKeyValue("version", Version.text())
                .addKeyValue("port", settings.port())
                .addKeyValue("domain", settings.exchange().domain())
                .addKeyValue(
                        "apps",
                        settings.exchange().gitHub().apps().stream()
                                .map(AppCredential::appId)
                                .toList())
                .addKeyValue("webhook", settings.webhook().isOn())
                .addKeyValue("github", settings.exchange().gitHub().address().toString())
                .addKeyValue("start_millis", System.currentTimeMillis() - jvmStart)
                .log("serving");
    }

    /** Gives the beans the objects that exist before the container: the settings, and the warm-up that has begun. */
    static class SettingsExtension implements Extension {

        private final Settings settings;
        private final WarmUp.Early warmUp;
        private final Optional<Tracer> tracer;

        SettingsExtension(Settings settings, WarmUp.Early warmUp, Optional<Tracer> tracer) {
            this.settings = settings;
            this.warmUp = warmUp;
            this.tracer = tracer;
        }

        /** Without a self-probe, the service does not report on one. */
        void leaveOut(@Observes ProcessAnnotatedType<SelfProbe> type) {
            if (settings.selfProbe().isEmpty()) {
                type.veto();
            }
        }

        /** Without a database there is nothing to show of one. */
        void leaveOutStore(@Observes ProcessAnnotatedType<StoreMetrics> type) {
            if (settings.database().isEmpty()) {
                type.veto();
            }
        }

        /** Without a port for operators, there is no bean of their side. */
        void addOperators(@Observes BeforeBeanDiscovery discovery) {
            if (settings.operators().isPresent()) {
                discovery.addAnnotatedType(OperatorsListener.class, OperatorsListener.class.getName());
            }
        }

        /** Without a collector, there is no bean of traces. */
        void addTraces(@Observes BeforeBeanDiscovery discovery) {
            if (tracer.isPresent()) {
                discovery.addAnnotatedType(TraceMetrics.class, TraceMetrics.class.getName());
            }
        }

        void addSettings(@Observes AfterBeanDiscovery discovery) {
            discovery
                    .addBean()
                    .types(Settings.class, Object.class)
                    .scope(Singleton.class)
                    .createWith(context -> settings);
            tracer.ifPresent(recording -> discovery
                    .addBean()
                    .types(Tracer.class, Object.class)
                    .scope(Singleton.class)
                    .createWith(context -> recording)
                    .destroyWith((same, context) -> recording.close()));
            discovery
                    .addBean()
                    .types(ExchangeSettings.class, Object.class)
                    .scope(Singleton.class)
                    .createWith(context -> settings.exchange());
            discovery
                    .addBean()
                    .types(WebhookSettings.class, Object.class)
                    .scope(Singleton.class)
                    .createWith(context -> settings.webhook());
            discovery
                    .addBean()
                    .types(WarmUp.Early.class, Object.class)
                    .scope(Singleton.class)
                    .createWith(context -> warmUp);
        }
    }
}
