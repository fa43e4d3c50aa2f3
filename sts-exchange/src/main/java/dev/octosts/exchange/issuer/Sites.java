package dev.octosts.exchange.issuer;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.client5.http.psl.PublicSuffixMatcher;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;
import org.jspecify.annotations.Nullable;

/**
 * Finds the site of a host, which is the domain below a public suffix. The owner of a domain can have any number of
 * hosts, so strangers are counted by site and not by host.
 *
 * @see <a href="https://publicsuffix.org">Public Suffix List</a>
 */
public final class Sites {
    // The HTTP client has it in memory anyway, to check certificates.
    private static final PublicSuffixMatcher SUFFIXES = PublicSuffixMatcherLoader.getDefault();
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private Sites() {}

    /** Never null: an address without a host is a site of its own kind. */
    static String of(URI address) {
        @Nullable String written = address.getHost();
        if (written == null) {
            return "";
        }
        String host = written.toLowerCase(Locale.ROOT);
        while (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        if (LOOPBACK.contains(host)) {
            // On this machine, when the operator allows it, each port counts as a host.
            return host + ":" + address.getPort();
        }
        if (host.startsWith("[") || host.isEmpty() || Character.isDigit(host.charAt(host.length() - 1))) {
            // An attacker has as many addresses as it wants, and hardly an issuer is named by one.
            return "an address";
        }
        String root = SUFFIXES.getDomainRoot(host);
        return root == null ? host : root;
    }

    /** The site of an issuer, or of another address. */
    public static String of(String address) {
        try {
            return of(URI.create(address));
        } catch (IllegalArgumentException _) {
            return "";
        }
    }
}
