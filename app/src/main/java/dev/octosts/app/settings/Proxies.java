package dev.octosts.app.settings;

import dev.octosts.api.ProxyLogins;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Selects the proxies of {@code HTTPS_PROXY} and {@code HTTP_PROXY}, except for the hosts of {@code NO_PROXY}; the
 * lower-case names count too.
 *
 * @see <a href="https://pkg.go.dev/golang.org/x/net/http/httpproxy">golang.org/x/net/http/httpproxy</a>
 */
final class Proxies extends ProxySelector implements ProxyLogins {

    private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);
    private static final int DEFAULT_PORT = 80;

    private final Optional<Way> forHttps;
    private final Optional<Way> forHttp;
    private final NoProxy exceptions;

    private Proxies(Optional<Way> forHttps, Optional<Way> forHttp, NoProxy exceptions) {
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

    /** A proxy, and the user and password for it. */
    private record Way(Proxy proxy, String host, int port, Optional<PasswordAuthentication> login) {}

    private static Optional<Way> proxy(Variables variables, String name) {
        return variables.value(spelling(variables, name), Proxies::proxyAt);
    }

    private static String spelling(Variables variables, String name) {
        var lowerCase = name.toLowerCase(Locale.ROOT);
        return variables.text(name).isEmpty() && variables.text(lowerCase).isPresent() ? lowerCase : name;
    }

    /** The messages never show the value, which may contain a password. */
    private static Way proxyAt(String value) {
        URI address;
        try {
            address = new URI(value.contains("://") ? value : "http://" + value);
        } catch (URISyntaxException _) {
            throw new IllegalArgumentException("this is not an address; give http://host:port");
        }
        if (!"http".equalsIgnoreCase(address.getScheme()) || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "only proxies of the form http://host:port or http://user:password@host:port are supported");
        }
        int port = address.getPort() < 0 ? DEFAULT_PORT : address.getPort();
        var proxy = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.getHost(), port));
        return new Way(proxy, address.getHost(), port, login(address.getRawUserInfo()));
    }

    private static Optional<PasswordAuthentication> login(@Nullable String userInfo) {
        if (userInfo == null) {
            return Optional.empty();
        }
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String password = colon < 0 ? "" : userInfo.substring(colon + 1);
        return Optional.of(
                new PasswordAuthentication(decoded(user), decoded(password).toCharArray()));
    }

    /** The percent-decoded text; a plus sign is a plus sign here. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public Optional<PasswordAuthentication> login(String host, int port) {
        return Stream.of(forHttps, forHttp)
                .flatMap(Optional::stream)
                .filter(way -> way.host().equalsIgnoreCase(host) && way.port() == port)
                .flatMap(way -> way.login().stream())
                .findFirst();
    }

    @Override
    public List<Proxy> select(URI uri) {
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        var way = https ? forHttps : forHttp;
        var host = uri.getHost();
        if (way.isEmpty() || host == null) {
            return DIRECT;
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : https ? 443 : 80;
        return exceptions.covers(host, port) ? DIRECT : List.of(way.get().proxy());
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // There is no other proxy to try.
    }

    /**
     * The hosts that {@code NO_PROXY} exempts from the proxy: {@code *}, names (with their sub-domains, or the
     * sub-domains only when written with a leading dot), addresses and CIDR blocks. All of them but a block may have a
     * port. This machine itself is never reached through a proxy.
     */
    private static final class NoProxy {

        static final NoProxy NONE = new NoProxy(List.of());

        private static final int MAX_LENGTH = 65_536;
        private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*]?");
        private static final Pattern WITH_PORT = Pattern.compile("(.*[^:]|\\[.*]):([0-9]{1,5})");

        private final List<BiPredicate<String, Integer>> rules;

        private NoProxy(List<BiPredicate<String, Integer>> rules) {
            this.rules = rules;
        }

        static NoProxy of(String value) {
            if (value.length() > MAX_LENGTH) {
                throw new IllegalArgumentException("the list is longer than " + MAX_LENGTH + " characters");
            }
            var rules = new ArrayList<BiPredicate<String, Integer>>();
            for (String entry : value.toLowerCase(Locale.ROOT).split(",", -1)) {
                if (!entry.isBlank()) {
                    rules.add(rule(entry.strip()));
                }
            }
            return new NoProxy(List.copyOf(rules));
        }

        boolean covers(String hostAsWritten, int port) {
            var host = withoutBrackets(hostAsWritten.toLowerCase(Locale.ROOT));
            var address = literal(host);
            if (host.equals("localhost")
                    || address.map(InetAddress::isLoopbackAddress).orElse(false)) {
                return true;
            }
            return rules.stream().anyMatch(rule -> rule.test(host, port));
        }

        private static BiPredicate<String, Integer> rule(String entry) {
            if (entry.equals("*")) {
                return (host, port) -> true;
            }
            int slash = entry.indexOf('/');
            if (slash > 0) {
                return block(entry.substring(0, slash), entry.substring(slash + 1));
            }
            var withPort = WITH_PORT.matcher(entry);
            if (withPort.matches()
                    && (withPort.group(1).startsWith("[") || withPort.group(1).indexOf(':') < 0)) {
                int only = Integer.parseInt(withPort.group(2));
                var name = name(withPort.group(1));
                return (host, port) -> port == only && name.test(host, port);
            }
            return name(entry);
        }

        private static BiPredicate<String, Integer> name(String entry) {
            var address = literal(entry);
            if (address.isPresent()) {
                return (host, port) -> literal(host).equals(address);
            }
            var name = entry.startsWith("*.") ? entry.substring(1) : entry;
            if (name.startsWith(".")) {
                return (host, port) -> host.endsWith(name);
            }
            return (host, port) -> host.equals(name) || host.endsWith("." + name);
        }

        private static BiPredicate<String, Integer> block(String network, String bits) {
            var base = literal(network);
            if (base.isEmpty() || !bits.matches("[0-9]{1,3}")) {
                return (host, port) -> false; // Go ignores such an entry too
            }
            int length = Integer.parseInt(bits);
            return (host, port) -> literal(host)
                    .filter(address ->
                            sharesPrefix(address.getAddress(), base.get().getAddress(), length))
                    .isPresent();
        }

        private static boolean sharesPrefix(byte[] one, byte[] other, int bits) {
            if (one.length != other.length || bits > Byte.SIZE * one.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % Byte.SIZE);
                if ((one[bit / Byte.SIZE] & mask) != (other[bit / Byte.SIZE] & mask)) {
                    return false;
                }
            }
            return true;
        }

        private static Optional<InetAddress> literal(String text) {
            if (!LITERAL.matcher(text).matches()) {
                return Optional.empty(); // a name: it must not be looked up here
            }
            try {
                return Optional.of(InetAddress.ofLiteral(withoutBrackets(text)));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }

        private static String withoutBrackets(String host) {
            return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        }
    }
}
