package dev.octosts.app;

import dev.octosts.app.edge.Connections;
import dev.octosts.app.settings.Settings;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/** The settings as configuration keys of the server; they override every other source. */
final class ServerConfig implements ConfigSource {

    private static final int ABOVE_SYSTEM_PROPERTIES = 1_000;

    private final Map<String, String> values;

    ServerConfig(Settings settings) {
        this.values = Map.of(
                "server.port",
                Integer.toString(settings.port()),
                "server.max-tcp-connections",
                Integer.toString(settings.maxConnections() + Connections.SPARE));
    }

    /** Adds the settings to the configuration that the server will read. */
    static void register(Settings settings) {
        var resolver = ConfigProviderResolver.instance();
        Config config = resolver.getBuilder()
                .addDefaultSources()
                .addDiscoveredSources()
                .addDiscoveredConverters()
                .withSources(new ServerConfig(settings))
                .build();
        resolver.registerConfig(config, Thread.currentThread().getContextClassLoader());
    }

    @Override
    public int getOrdinal() {
        return ABOVE_SYSTEM_PROPERTIES;
    }

    @Override
    public Set<String> getPropertyNames() {
        return values.keySet();
    }

    @Override
    public @Nullable String getValue(String name) {
        return values.get(name);
    }

    @Override
    public String getName() {
        return "settings";
    }
}
