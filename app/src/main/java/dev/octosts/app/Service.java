package dev.octosts.app;

import dev.octosts.app.edge.HeaderTimeoutHttp1Provider;
import dev.octosts.app.logging.Logs;
import dev.octosts.app.settings.Settings;
import dev.octosts.exchange.WarmUp;
import dev.octosts.github.AppCredential;
import io.helidon.microprofile.cdi.HelidonContainerInitializer;
import io.helidon.microprofile.server.ServerCdiExtension;
import jakarta.enterprise.inject.se.SeContainer;
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
     * @return why it did not start, or empty when it serves
     */
    static Optional<String> start(Settings settings) {
        Logs.start(settings.logLevel());
        var taken = whyNotFree(settings.port());
        if (taken.isPresent()) {
            return taken;
        }
        settings.notices().forEach(LOG::warn);
        var warmUp = WarmUp.Early.begin(settings.exchange().egress().tls());
        ServerConfig.register(settings);
        HeaderTimeoutHttp1Provider.excludeOthers();
        // Every beans.xml is part of the build: to read its schema at each start would find no fault.
        System.setProperty("org.jboss.weld.xml.disableValidating", "true");
        // The compilers use the other processors during a start: work that Weld does in parallel finishes later than
        // work that it does in sequence.
        System.setProperty("org.jboss.weld.bootstrap.concurrentDeployment", "false");
        System.setProperty("org.jboss.weld.bootstrap.preloaderThreadPoolSize", "0");
        SeContainer container = new HelidonContainerInitializer()
                .addExtensions(new SettingsExtension(settings, warmUp))
                .initialize();
        // Helidon logs a failed bind and goes on without a listener.
        int port = container
                .getBeanManager()
                .getExtension(ServerCdiExtension.class)
                .port();
        if (port != settings.port()) {
            container.close();
            return Optional.of(taken(settings.port()));
        }
        announce(settings);
        return Optional.empty();
    }

    private static Optional<String> whyNotFree(int port) {
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(port));
            return Optional.empty();
        } catch (IOException _) {
            return Optional.of(taken(port));
        }
    }

    private static String taken(int port) {
        return "PORT: cannot listen on port " + port
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
}
