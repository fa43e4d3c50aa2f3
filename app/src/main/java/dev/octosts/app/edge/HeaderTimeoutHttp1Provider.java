package dev.octosts.app.edge;

import io.helidon.common.HelidonServiceLoader;
import io.helidon.common.Weight;
import io.helidon.common.Weighted;
import io.helidon.webserver.ProtocolConfigs;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.helidon.webserver.spi.ServerConnectionSelectorProvider;
import jakarta.enterprise.inject.spi.CDI;
import java.util.List;

/**
 * Provides Helidon's HTTP/1.1, with each connection as one of our {@link Connections}. It has to be the only provider:
 * only then does Helidon hand over connections before their first byte, so that connections that never send a byte are
 * counted.
 */
@Weight(Weighted.DEFAULT_WEIGHT + 1) // in front of Helidon's own provider of the same protocol
public final class HeaderTimeoutHttp1Provider implements ServerConnectionSelectorProvider<Http1Config> {

    /** The name of Helidon's own provider, for {@link HelidonServiceLoader}, which must not load it. */
    private static final String OTHER_PROVIDER = "io.helidon.webserver.http1.Http1ConnectionProvider";

    /** For the service loader. */
    public HeaderTimeoutHttp1Provider() {}

    /** Makes this the only provider; call it before the server is created. */
    public static void excludeOthers() {
        System.setProperty(HelidonServiceLoader.SYSTEM_PROPERTY_EXCLUDE, OTHER_PROVIDER);
    }

    @Override
    public Class<Http1Config> protocolConfigType() {
        return Http1Config.class;
    }

    @Override
    public String protocolType() {
        return "http_1_1";
    }

    @Override
    public ServerConnectionSelector create(String socketName, Http1Config config, ProtocolConfigs configs) {
        return selector(config, CDI.current().select(Connections.class).get());
    }

    static ServerConnectionSelector selector(Http1Config config, Connections connections) {
        // This must be the only listener: Helidon 4.3.0 notifies no listener at all when there are two.
        var watched = Http1Config.builder(config)
                .receiveListeners(List.of(new HeaderWatch()))
                .build();
        return new PunctualSelector(
                Http1ConnectionSelector.builder().config(watched).build(), connections);
    }
}
