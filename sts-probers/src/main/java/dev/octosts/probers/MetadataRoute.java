package dev.octosts.probers;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Selects no proxy for the metadata server of the machine, which only this machine can reach. */
final class MetadataRoute extends ProxySelector {

    static final String GOOGLE = "metadata.google.internal";
    private static final String LINK_LOCAL = "169.254.";

    private final ProxySelector others;

    private MetadataRoute(ProxySelector others) {
        this.others = others;
    }

    /** @param proxies for all other addresses; empty takes the proxies that Java was started with */
    static ProxySelector around(Optional<ProxySelector> proxies) {
        return new MetadataRoute(proxies.or(() -> Optional.ofNullable(ProxySelector.getDefault()))
                .orElse(HttpClient.Builder.NO_PROXY));
    }

    @Override
    public List<Proxy> select(URI address) {
        var host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        return host.equals(GOOGLE) || host.startsWith(LINK_LOCAL) ? List.of(Proxy.NO_PROXY) : others.select(address);
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
        others.connectFailed(address, proxy, failure);
    }
}
