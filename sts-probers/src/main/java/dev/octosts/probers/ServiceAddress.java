package dev.octosts.probers;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The address of a service: an absolute address without query, to which paths are appended. Plain HTTP is for this
 * machine only, because requests contain secrets.
 */
public final class ServiceAddress {

    private static final int LIMIT = 2_048;
    private static final Pattern ADDRESS_LITERAL = Pattern.compile("[0-9.]+|\\[[0-9a-fA-F:.]+]");

    private final URI base;

    private ServiceAddress(URI base) {
        this.base = base;
    }

    /**
     * An address with {@code https}, or with {@code http} on the loopback network.
     *
     * @throws IllegalArgumentException with the fault and the fix
     */
    public static ServiceAddress of(String text) {
        var address = insecureHttp(text);
        if (isHttps(address.base) || isLoopback(address.host())) {
            return address;
        }
        throw new IllegalArgumentException(
                "tokens do not travel over plain http; give https://" + address.base.getRawAuthority());
    }

    /**
     * An address that may be plain HTTP anywhere. Any machine between the two can read the tokens.
     *
     * @throws IllegalArgumentException with the fault and the fix
     */
    public static ServiceAddress insecureHttp(String text) {
        if (text.length() > LIMIT) {
            throw new IllegalArgumentException("the address is longer than " + LIMIT + " characters");
        }
        URI base;
        try {
            base = new URI(text);
        } catch (URISyntaxException _) {
            throw new IllegalArgumentException("this is not an address; give https://HOST");
        }
        if (base.getScheme() == null || (!isHttps(base) && !"http".equalsIgnoreCase(base.getScheme()))) {
            throw new IllegalArgumentException("the address needs a scheme; give https://" + withoutScheme(text));
        }
        if (base.getHost() == null) {
            throw new IllegalArgumentException("the address names no host; give https://HOST");
        }
        if (base.getRawUserInfo() != null || base.getRawQuery() != null || base.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "the address is only scheme, host, port and path; give https://" + base.getHost());
        }
        return new ServiceAddress(base);
    }

    /** The host, in lower case, an IPv6 address in brackets. */
    public String host() {
        return base.getHost().toLowerCase(Locale.ROOT);
    }

    /** Whether the address is on this machine, as far as can be decided without a look-up of the name. */
    public boolean isLoopback() {
        return isLoopback(host());
    }

    /** The port in the address, or -1. */
    public int port() {
        return base.getPort();
    }

    /**
     * The address of a path in the service.
     *
     * @param path begins with a slash and is encoded, query included
     */
    URI resolve(String path) {
        var text = base.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
    }

    static boolean isSecure(URI address) {
        return isHttps(address) || (address.getHost() != null && isLoopback(address.getHost()));
    }

    private static boolean isHttps(URI address) {
        return "https".equalsIgnoreCase(address.getScheme());
    }

    private static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        if (!ADDRESS_LITERAL.matcher(host).matches()) {
            return false; // a name: it is not resolved for this decision
        }
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static String withoutScheme(String text) {
        int end = text.indexOf("://");
        return end < 0 ? text : text.substring(end + 3);
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
