package dev.octosts.exchange.issuer;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Decides which hosts may be called: those of the public internet, unless the operator allows more. The HTTP client
 * resolves names here and connects to the very addresses that were judged, so a name that answers differently the
 * second time gains nothing.
 */
public final class AddressGuard implements DnsResolver {
    // The client tries one after the other, each with its own time limit.
    private static final int MAX_ADDRESSES = 3;
    private static final Set<String> LOOPBACK_HOSTS = Set.of("localhost", "127.0.0.1", "::1", "[::1]");
    /** Some readers of addresses take such an octet for an octal number. */
    private static final Pattern LEADING_ZERO = Pattern.compile("(.*\\.)?0[0-9]+(\\..*)?");

    /** Names that the public DNS does not have, and that networks of companies and homes do have. */
    private static final List<String> SPECIAL_USE = List.of(
            "test", // RFC 6761, 2606
            "example",
            "invalid",
            "local", // RFC 6762
            "onion", // RFC 7686
            "home.arpa", // RFC 8375
            "resolver.arpa", // RFC 9462
            "service.arpa", // RFC 9665
            "alt", // RFC 9476
            "internal", // ICANN resolution 2024.07.29.06
            // ICANN does not delegate them because networks use them: name collisions, 2012 and 2018.
            "corp",
            "home",
            "mail",
            // In wide use without a registration; RFC 6762 appendix G.
            "intranet",
            "private",
            "lan",
            "localdomain",
            "svc", // Kubernetes: service.namespace.svc, and service.namespace.svc.cluster.local
            "consul",
            "docker");

    private final PermittedIssuers permitted;
    private final NameLookup names;
    private final Set<String> listed;

    AddressGuard(PermittedIssuers permitted, NameLookup names) {
        this.permitted = permitted;
        this.names = names;
        this.listed = permitted.issuers().stream().map(AddressGuard::hostOf).collect(Collectors.toUnmodifiableSet());
    }

    private static String hostOf(String issuer) {
        try {
            String host = URI.create(issuer).getHost();
            return host == null ? "" : normal(host);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    /** Looks up the addresses of a name: the system's resolver, or a test's. */
    public interface NameLookup {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** The addresses of a host must not be called; another attempt would find the same. */
    static final class RefusedHostException extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        RefusedHostException(String message) {
            super(message);
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.addresses(host);
        for (InetAddress address : addresses) {
            if (!permits(host, address)) {
                throw new RefusedHostException("address " + address.getHostAddress() + " of host " + host);
            }
        }
        return Arrays.copyOf(addresses, Math.min(addresses.length, MAX_ADDRESSES));
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    /**
     * For hosts that a proxy resolves: judges the name alone, and the address where the name is one. Names that only a
     * private network can have are refused, unless the operator allows private networks, or lists an issuer of that
     * very host.
     */
    void checkName(String written) throws RefusedHostException {
        if (LOOPBACK_HOSTS.contains(written) && permitted.allowLoopback()) {
            return;
        }
        String host = normal(written);
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            throw new RefusedHostException("host " + written);
        }
        if (host.startsWith("[") || endsInANumber(host)) {
            checkLiteral(host);
        } else if (isPrivateName(host) && !permitted.allowPrivate() && !listed.contains(host)) {
            throw new RefusedHostException("host " + written + ", a name of private networks");
        }
    }

    /** Case means nothing (RFC 4343), and a final dot means only that the name is complete. */
    private static String normal(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static boolean isPrivateName(String host) {
        // An empty label is no name at all.
        return host.indexOf('.') <= 0
                || host.endsWith(".")
                || host.contains("..")
                || SPECIAL_USE.stream().anyMatch(suffix -> host.endsWith("." + suffix));
    }

    private void checkLiteral(String host) throws RefusedHostException {
        try {
            if (!LEADING_ZERO.matcher(host).matches() && permits(host, InetAddress.ofLiteral(host))) {
                return;
            }
        } catch (IllegalArgumentException _) {
            // Some resolvers read 0x7f.1 or 2130706433 as an address.
        }
        throw new RefusedHostException("host " + host);
    }

    /** A name by RFC 3986, but an address to lenient readers. */
    private static boolean endsInANumber(String host) {
        String label = host.substring(host.lastIndexOf('.') + 1);
        return !label.isEmpty() && label.charAt(0) >= '0' && label.charAt(0) <= '9';
    }

    private boolean permits(String host, InetAddress address) {
        return switch (SpecialPurposeAddresses.reach(address)) {
            case PUBLIC -> true;
            case PRIVATE -> permitted.allowPrivate();
            case LOOPBACK -> permitted.allowLoopback() && LOOPBACK_HOSTS.contains(host);
            case NEVER -> false;
        };
    }
}
