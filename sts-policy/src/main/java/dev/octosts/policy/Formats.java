package dev.octosts.policy;

import dev.octosts.policy.text.Characters;
import java.util.Optional;

/** Checks whether issuers, subjects, audiences and addresses are well formed. Byte exact; nothing is normalized. */
public final class Formats {
    private static final int MAX_LENGTH = 255;
    private static final int MAX_ENDPOINT_LENGTH = 2048;
    private static final int MAX_SUBJECT_LENGTH = 1024;
    private static final String NEVER_IN_A_SUBJECT = "\"'`\\<>;&$";
    private static final String NEVER_IN_AN_AUDIENCE = NEVER_IN_A_SUBJECT + "(){}[]|@";

    private Formats() {}

    /** Whether the text may name an issuer: an absolute https URL without user info, query or fragment. */
    public static boolean isIssuer(String issuer) {
        return issuer.length() <= MAX_LENGTH && WebAddress.isIssuer(issuer);
    }

    /**
     * Whether a token may have this subject. Environments, projects and workspaces have brackets and blanks in their
     * names; a blank at an end is an accident.
     */
    public static boolean isSubject(String subject) {
        return !subject.startsWith(" ")
                && !subject.endsWith(" ")
                && isName(subject, MAX_SUBJECT_LENGTH, true, NEVER_IN_A_SUBJECT);
    }

    /** Whether a token may have this audience. */
    public static boolean isAudience(String audience) {
        return isName(audience, MAX_LENGTH, false, NEVER_IN_AN_AUDIENCE);
    }

    /**
     * The message for a token whose subject or audience is not well formed; empty when both are. Callers get it before
     * a policy is looked for, so {@link TrustPolicy#evaluate} cannot give it.
     */
    public static Optional<String> fault(Claims claims) {
        if (!isSubject(claims.subject())) {
            return Optional.of("invalid subject in token");
        }
        return claims.audiences().stream().allMatch(Formats::isAudience)
                ? Optional.empty()
                : Optional.of("invalid audience in token");
    }

    /**
     * Whether an issuer's {@code jwks_uri} or redirect may be followed. Scheme and host must be as an issuer's, without
     * user info; path and query are free.
     */
    public static boolean isEndpoint(String uri) {
        return uri.length() <= MAX_ENDPOINT_LENGTH && WebAddress.isEndpoint(uri);
    }

    private static boolean isName(String text, int maxLength, boolean blanks, String refused) {
        if (text.isEmpty() || text.codePointCount(0, text.length()) > maxLength) {
            return false;
        }
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            boolean visible = Characters.isPrintable(codePoint) || (blanks && codePoint == ' ');
            if (!visible || refused.indexOf(codePoint) >= 0) {
                return false;
            }
            i += Character.charCount(codePoint);
        }
        return true;
    }

    /**
     * The http(s) addresses that a token's issuer may have. Parsed by hand, character by character: an attacker looks for
     * input that a URL library tolerates or repairs.
     */
    private static final class WebAddress {
        private static final int MAX_SEGMENT = 150;
        private static final int MAX_PORT = 65_535;

        private WebAddress() {}

        static boolean isIssuer(String address) {
            int start = authorityStart(address);
            if (start < 0) {
                return false;
            }
            int end = authorityEnd(address, start);
            return isAuthority(address, start, end) && isIssuerPath(address.substring(end));
        }

        static boolean isEndpoint(String address) {
            int start = authorityStart(address);
            if (start < 0 || !address.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\')) {
                return false;
            }
            return isAuthority(address, start, authorityEnd(address, start));
        }

        private static int authorityStart(String address) {
            if (address.startsWith("https://")) {
                return "https://".length();
            }
            return address.startsWith("http://") ? "http://".length() : -1;
        }

        private static int authorityEnd(String address, int start) {
            int end = start;
            while (end < address.length() && "/?#".indexOf(address.charAt(end)) < 0) {
                end++;
            }
            return end;
        }

        private static boolean isAuthority(String address, int start, int end) {
            int hostEnd = hostEnd(address, start, end);
            if (hostEnd < 0 || !isPort(address, hostEnd, end)) {
                return false;
            }
            String host = address.substring(start, hostEnd);
            return address.startsWith("https:") || isLoopback(host);
        }

        /** The index after the host, or -1 when there is no well-formed host. */
        private static int hostEnd(String address, int start, int end) {
            boolean literal = start < end && address.charAt(start) == '[';
            int index = literal ? start + 1 : start;
            while (index < end
                    && (literal ? isAddressCharacter(address.charAt(index)) : isNameCharacter(address.charAt(index)))) {
                index++;
            }
            if (literal) {
                return index > start + 1 && index < end && address.charAt(index) == ']' ? index + 1 : -1;
            }
            return index > start ? index : -1;
        }

        private static boolean isPort(String address, int start, int end) {
            if (start == end) {
                return true;
            }
            if (address.charAt(start) != ':' || end - start > 6) {
                return false;
            }
            int port = 0;
            for (int i = start + 1; i < end; i++) {
                char digit = address.charAt(i);
                if (digit < '0' || digit > '9') {
                    return false;
                }
                port = 10 * port + digit - '0';
            }
            return port <= MAX_PORT;
        }

        private static boolean isLoopback(String host) {
            return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
        }

        /** RFC 3986 section 3.2.2, reg-name without percent-encoding. */
        private static boolean isNameCharacter(char c) {
            return isAlphanumeric(c) || "-._~!$&'()*+,;=".indexOf(c) >= 0;
        }

        /** RFC 3986 section 3.2.2, IP-literal without zone and future forms. */
        private static boolean isAddressCharacter(char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
        }

        private static boolean isIssuerPath(String path) {
            if (path.contains("..") || path.contains("//") || path.contains("~~") || path.endsWith("~")) {
                return false;
            }
            for (String segment : path.split("/", -1)) {
                if (segment.length() > MAX_SEGMENT || segment.equals(".") || segment.equals("~")) {
                    return false;
                }
            }
            return path.chars().allMatch(c -> isAlphanumeric(c) || "-._~/".indexOf(c) >= 0);
        }

        private static boolean isAlphanumeric(int c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        }
    }
}
