package dev.octosts.app.edge;

import io.helidon.common.Weight;
import io.helidon.common.Weighted;
import io.helidon.webserver.ProtocolConfigs;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.helidon.webserver.spi.ServerConnectionSelectorProvider;
import java.time.Duration;
import java.util.List;

/**
 * HTTP/1.1 as Helidon has it, but a request whose headers are late loses its connection: Helidon's own time-outs start
 * anew with every byte, so that a few bytes a minute would hold a connection for ever.
 */
@Weight(Weighted.DEFAULT_WEIGHT + 1) // in front of Helidon's own provider of the same protocol
public final class PunctualHttp1Provider implements ServerConnectionSelectorProvider<Http1Config> {

    private static final Duration HEADERS_WITHIN = Duration.ofSeconds(10);

    /** For the service loader. */
    public PunctualHttp1Provider() {}

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
        // The only listener: Helidon 4.3.0 tells nothing to any of them as soon as there are two.
        var punctual = Http1Config.builder(config)
                .receiveListeners(List.of(new HeaderWatch()))
                .build();
        var selector = Http1ConnectionSelector.builder().config(punctual).build();
        return new PunctualSelector(selector, Deadlines.start(HEADERS_WITHIN));
    }
}
