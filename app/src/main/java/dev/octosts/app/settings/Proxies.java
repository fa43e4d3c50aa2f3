package dev.octosts.app.settings;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The proxies of {@code HTTPS_PROXY} and {@code HTTP_PROXY}, except for what {@code NO_PROXY} names; the lower-case
 * names count too.
 *
 * @see <a href="https://pkg.go.dev/golang.org/x/net/http/httpproxy">golang.org/x/net/http/httpproxy</a>
 */
final class Proxies extends ProxySelector {

    private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);
    private static final int DEFAULT_PORT = 80;

    private final Optional<Proxy> forHttps;
    private final Optional<Proxy> forHttp;
    private final NoProxy exceptions;

    private Proxies(Optional<Proxy> forHttps, Optional<Proxy> forHttp, NoProxy exceptions) {
        this.forHttps = forHttps;
        this.forHttp = forHttp;
        this.exceptions = exceptions;
    }

    /** Reads the variables; empty when they name no proxy. */
    static Optional<ProxySelector> read(Variables variables) {
        var forHttps = proxy(variables, "HTTPS_PROXY");
        var forHttp = proxy(variables, "HTTP_PROXY");
        if (forHttps.isEmpty() && forHttp.isEmpty()) {
            return Optional.empty();
        }
        var exceptions = variables.value(spelling(variables, "NO_PROXY"), NoProxy.NONE, NoProxy::of);
        return Optional.of(new Proxies(forHttps, forHttp, exceptions));
    }

    private static Optional<Proxy> proxy(Variables variables, String name) {
        return variables.value(spelling(variables, name), Proxies::proxyAt);
    }

    private static String spelling(Variables variables, String name) {
        var lowerCase = name.toLowerCase(Locale.ROOT);
        return variables.text(name).isEmpty() && variables.text(lowerCase).isPresent() ? lowerCase : name;
    }

    /** The messages never show the value: it may hold a password. */
    private static Proxy proxyAt(String value) {
        URI address;
        try {
            address = new URI(value.contains("://") ? value : "http://" + value);
        } catch (URISyntaxException _) {
            throw new IllegalArgumentException("this is not an address; give http://host:port");
        }
        if (address.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a proxy that wants a user and a password is not supported");
        }
        if (!"http".equalsIgnoreCase(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException("only proxies of the form http://host:port are supported");
        }
        int port = address.getPort() < 0 ? DEFAULT_PORT : address.getPort();
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.getHost(), port));
    }

    @Override
    public List<Proxy> select(URI uri) {
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        var proxy = https ? forHttps : forHttp;
        var host = uri.getHost();
        if (proxy.isEmpty() || host == null) {
            return DIRECT;
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : https ? 443 : 80;
        return exceptions.covers(host, port) ? DIRECT : List.of(proxy.get());
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // There is no other proxy to turn to.
    }
}
