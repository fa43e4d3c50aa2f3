package dev.octosts.exchange.issuer;

import dev.octosts.exchange.issuer.AddressGuard.RefusedHostException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/** The way to an issuer: the permitted hosts, the trusted authorities and the proxy. */
final class IssuerWay implements AutoCloseable {
    private final AddressGuard hosts;
    private final @Nullable ProxySelector proxies;
    private final CloseableHttpClient direct;
    private final CloseableHttpClient proxied;

    IssuerWay(AddressGuard hosts, SSLContext tls, @Nullable ProxySelector proxies, Duration answerTime) {
        this.hosts = hosts;
        this.proxies = proxies;
        this.direct = IssuerHttp.client(tls, hosts, null, answerTime);
        this.proxied = IssuerHttp.client(tls, SystemDefaultDnsResolver.INSTANCE, proxies, answerTime);
    }

    CloseableHttpClient client(URI address) throws RefusedHostException {
        if (proxies == null) {
            return direct;
        }
        List<Proxy> ways = proxies.select(address);
        if (ways == null || ways.isEmpty() || ways.getFirst().type() == Proxy.Type.DIRECT) {
            return direct;
        }
        hosts.checkName(address.getHost());
        return proxied;
    }

    @Override
    public void close() {
        direct.close(CloseMode.IMMEDIATE);
        proxied.close(CloseMode.IMMEDIATE);
    }
}
