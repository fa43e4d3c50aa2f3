package dev.octosts.exchange.bearer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;
import org.apache.hc.client5.http.DnsResolver;

/**
 * The hosts that may be called: those of the public internet, unless the operator allows more. The HTTP client resolves
 * names here and connects to the very addresses that were judged, so a name that answers differently the second time
 * gains nothing.
 */
final class HostRules implements DnsResolver {
    // The client tries one after the other, each with its own time limit.
    private static final int MAX_ADDRESSES = 3;
    private static final Set<String> LOOPBACK_HOSTS = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    private final IssuerRules rules;
    private final NameLookup names;

    HostRules(IssuerRules rules, NameLookup names) {
        this.rules = rules;
        this.names = names;
    }

    /** The system's resolver, or a test's. */
    interface NameLookup {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** A host's addresses are not to be called; another attempt would find the same. */
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

    /** For hosts that a proxy resolves: judges the name alone, and the address where the name is one. */
    void checkName(String host) throws RefusedHostException {
        boolean local = host.equals("localhost") || host.endsWith(".localhost");
        if (local && !(rules.allowLoopback() && LOOPBACK_HOSTS.contains(host))) {
            throw new RefusedHostException("host " + host);
        }
        if (host.startsWith("[") || endsInANumber(host)) {
            checkLiteral(host);
        }
    }

    private void checkLiteral(String host) throws RefusedHostException {
        try {
            if (permits(host, InetAddress.ofLiteral(host))) {
                return;
            }
        } catch (IllegalArgumentException _) {
            // Some resolvers read 0x7f.1 or 2130706433 as an address.
        }
        throw new RefusedHostException("host " + host);
    }

    private static boolean endsInANumber(String host) {
        String label = host.substring(host.lastIndexOf('.', host.length() - 2) + 1);
        return !label.isEmpty() && label.charAt(0) >= '0' && label.charAt(0) <= '9';
    }

    private boolean permits(String host, InetAddress address) {
        return switch (NetworkBlocks.reach(address)) {
            case PUBLIC -> true;
            case PRIVATE -> rules.allowPrivate();
            case LOOPBACK -> rules.allowLoopback() && LOOPBACK_HOSTS.contains(host);
            case NEVER -> false;
        };
    }
}
