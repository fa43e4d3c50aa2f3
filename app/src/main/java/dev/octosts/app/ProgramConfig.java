package dev.octosts.app;

import dev.octosts.app.edge.Connections;
import dev.octosts.app.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of this process by MicroProfile Config. It is built once, since that takes a twentieth of a start:
 * the variables are read from it, and then it gets the settings that were made of them and becomes the server's.
 */
final class ProgramConfig {

    private final ServerSource server;
    private final Config config;

    private ProgramConfig(ServerSource server, Config config) {
        this.server = server;
        this.config = config;
    }

    static ProgramConfig read() {
        var server = new ServerSource();
        return new ProgramConfig(
                server,
                ConfigProviderResolver.instance()
                        .getBuilder()
                        .addDefaultSources()
                        .addDiscoveredSources()
                        .addDiscoveredConverters()
                        .withSources(server)
                        .build());
    }

    /**
     * The variables from all sources of MicroProfile Config, so that system properties and configuration files count
     * too. Values are taken literally: the converters and expressions of MicroProfile Config would read Go's booleans,
     * empty values and a {@code $} in a secret differently from an environment file.
     */
    Map<String, String> variables() {
        return merged(StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .toList());
    }

    /** The values of all sources; the first source with a value wins. */
    private static Map<String, String> merged(List<ConfigSource> sources) {
        var variables = new HashMap<String, String>();
        for (ConfigSource source : sources) {
            for (String name : source.getPropertyNames()) {
                var value = source.getValue(name);
                if (value != null) {
                    variables.putIfAbsent(name, value);
                }
            }
        }
        return variables;
    }

    /** Makes this the configuration that the server will read, with the settings on top of it. */
    void register(Settings settings) {
        server.values = Map.of(
                "server.port",
                Integer.toString(settings.port()),
                "server.max-tcp-connections",
                Integer.toString(settings.maxConnections() + Connections.SPARE));
        ConfigProviderResolver.instance()
                .registerConfig(config, Thread.currentThread().getContextClassLoader());
    }

    /** The settings as configuration keys of the server; they override every other source. */
    private static final class ServerSource implements ConfigSource {

        private static final int ABOVE_SYSTEM_PROPERTIES = 1_000;

        private Map<String, String> values = Map.of();

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
}
