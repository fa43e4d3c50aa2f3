package dev.octosts.app.settings;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * The hosts that {@code NO_PROXY} exempts from the proxy: {@code *}, names (with their sub-domains, or the sub-domains
 * only when written with a leading dot), addresses and CIDR blocks. All of them but a block may have a port. This
 * machine itself is never reached through a proxy.
 */
final class NoProxy {

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
                .filter(address -> sharesPrefix(address.getAddress(), base.get().getAddress(), length))
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
