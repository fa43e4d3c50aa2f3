package dev.octosts.app;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The variables from all sources of MicroProfile Config, so that system properties and configuration files count too.
 * Values are taken literally: the converters and expressions of MicroProfile Config would read Go's booleans, empty
 * values and a {@code $} in a secret differently from an environment file.
 */
final class GivenVariables {

    private GivenVariables() {}

    static Map<String, String> read() {
        var config = ConfigProviderResolver.instance()
                .getBuilder()
                .addDefaultSources()
                .addDiscoveredSources()
                .build();
        return merged(StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .toList());
    }

    /** The values of all sources; the first source with a value wins. */
    static Map<String, String> merged(List<ConfigSource> sources) {
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
}
