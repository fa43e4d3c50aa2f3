package dev.octosts.exchange.issuer;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Classifies addresses by the special-purpose address registries of IANA (RFC 6890 and its successors), to decide
 * whether they may be called.
 */
final class SpecialPurposeAddresses {
    private static final List<Block> PRIVATE = Block.of(
            "10.0.0.0/8", // RFC 1918
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10", // RFC 6598, carrier-grade NAT
            "fc00::/7"); // RFC 4193

    private static final List<Block> NEVER = Block.of(
            "0.0.0.0/8",
            "127.0.0.0/8",
            "169.254.0.0/16", // link-local, and the metadata services of most clouds
            "192.0.0.0/24",
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3", // multicast, reserved, broadcast
            "100.100.100.200/32", // Alibaba Cloud's metadata service
            "168.63.129.16/32", // Azure's wire server
            "fd00:ec2::254/128", // AWS's metadata service
            "fd20:ce::254/128"); // Google Cloud's metadata service

    private static final List<Block> GLOBAL_V6 = Block.of("2000::/3");
    private static final List<Block> NEVER_V6 = Block.of(
            "2001::/23", // IETF protocol assignments: Teredo, benchmarks, ORCHID
            "2001:db8::/32", // documentation
            "3fff::/20");

    private static final List<Block> NAT64 = Block.of("64:ff9b::/96"); // RFC 6052
    private static final List<Block> SIX_TO_FOUR = Block.of("2002::/16"); // RFC 3056
    private static final int NAT64_OFFSET = 12;
    private static final int SIX_TO_FOUR_OFFSET = 2;
    private static final int V4_LENGTH = 4;

    private SpecialPurposeAddresses() {}

    /** The purpose for which an address may be called. */
    enum AddressReach {
        PUBLIC,
        PRIVATE,
        LOOPBACK,
        /** Link-local, metadata, multicast, reserved, documentation, and whatever is not assigned to hosts. */
        NEVER
    }

    static AddressReach reach(InetAddress address) {
        byte[] bytes = address.getAddress();
        // 127.0.0.1 and ::1 alone: the rest of 127.0.0.0/8 has no legitimate issuer, not even in a test.
        if (bytes[bytes.length - 1] == 1
                && address.isLoopbackAddress()
                && (bytes.length > V4_LENGTH || isHome(bytes))) {
            return AddressReach.LOOPBACK;
        }
        if (contains(NEVER, bytes)) {
            return AddressReach.NEVER;
        }
        if (contains(PRIVATE, bytes)) {
            return AddressReach.PRIVATE;
        }
        return bytes.length == V4_LENGTH ? AddressReach.PUBLIC : reachOfV6(bytes);
    }

    private static boolean isHome(byte[] v4) {
        return v4[1] == 0 && v4[2] == 0;
    }

    /** Addresses that carry an IPv4 address end up there, so that address decides. */
    private static AddressReach reachOfV6(byte[] bytes) {
        if (contains(NAT64, bytes)) {
            return reachOfEmbedded(bytes, NAT64_OFFSET);
        }
        if (contains(SIX_TO_FOUR, bytes)) {
            return reachOfEmbedded(bytes, SIX_TO_FOUR_OFFSET);
        }
        return contains(GLOBAL_V6, bytes) && !contains(NEVER_V6, bytes) ? AddressReach.PUBLIC : AddressReach.NEVER;
    }

    private static AddressReach reachOfEmbedded(byte[] bytes, int offset) {
        byte[] v4 = Arrays.copyOfRange(bytes, offset, offset + V4_LENGTH);
        return contains(NEVER, v4) || contains(PRIVATE, v4) ? AddressReach.NEVER : AddressReach.PUBLIC;
    }

    private static boolean contains(List<Block> blocks, byte[] address) {
        for (Block block : blocks) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private record Block(InetAddress network, int prefixLength) {
        static List<Block> of(String... blocks) {
            return Arrays.stream(blocks).map(Block::parse).toList();
        }

        private static Block parse(String block) {
            int slash = block.indexOf('/');
            return new Block(
                    InetAddress.ofLiteral(block.substring(0, slash)), Integer.parseInt(block.substring(slash + 1)));
        }

        boolean contains(byte[] address) {
            byte[] wanted = network.getAddress();
            if (wanted.length != address.length) {
                return false;
            }
            int whole = prefixLength / 8;
            for (int i = 0; i < whole; i++) {
                if (wanted[i] != address[i]) {
                    return false;
                }
            }
            int mask = 0xff << (8 - prefixLength % 8) & 0xff;
            return mask == 0 || whole == wanted.length || ((wanted[whole] ^ address[whole]) & mask) == 0;
        }
    }
}
