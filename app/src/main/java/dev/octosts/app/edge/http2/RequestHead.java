package dev.octosts.app.edge.http2;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The headers of a request that keeps the rules of HTTP/2.
 *
 * @param method the method, such as {@code POST}
 * @param path path and query as they were sent
 * @param authority the host that is asked for; empty when it is not named
 * @param fields all other headers, without the pseudo-headers
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9113#section-8.2">RFC 9113, sections 8.2 and 8.3</a>
 */
public record RequestHead(String method, String path, String authority, List<HeaderField> fields) {

    private static final int MOST_FIELDS = 256;
    private static final String TOKEN_EXTRAS = "!#$%&'*+-.^_`|~";
    private static final Set<String> PSEUDO = Set.of(":method", ":scheme", ":path", ":authority");
    private static final Set<String> OF_ONE_CONNECTION =
            Set.of("connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade");

    /** Checks the headers of a request. */
    public static RequestHead of(int stream, List<HeaderField> all) throws Http2Fault {
        var pseudo = new HashMap<String, String>();
        var fields = new ArrayList<HeaderField>();
        for (HeaderField field : all) {
            if (!field.name().startsWith(":")) {
                check(stream, field);
                fields.add(field);
            } else if (!fields.isEmpty()
                    || !PSEUDO.contains(field.name())
                    || !isText(field.value())
                    || pseudo.put(field.name(), field.value()) != null) {
                throw malformed(stream);
            }
        }
        if (fields.size() > MOST_FIELDS) {
            throw Http2Fault.ofStream(stream, Http2Error.ENHANCE_YOUR_CALM, "too many headers");
        }
        String method = pseudo.getOrDefault(":method", "");
        String path = pseudo.getOrDefault(":path", "");
        if (!isToken(method, false) || !pseudo.containsKey(":scheme") || !path.startsWith("/")) {
            throw malformed(stream);
        }
        return new RequestHead(method, path, authority(pseudo, fields), List.copyOf(fields));
    }

    /** Checks the headers behind a body, which nobody reads. */
    public static void checkTrailers(int stream, List<HeaderField> all) throws Http2Fault {
        for (HeaderField field : all) {
            check(stream, field);
        }
    }

    /** The only value of a header; empty when there is none, or more than one. */
    public Optional<String> only(String name) {
        var values = fields.stream().filter(field -> field.name().equals(name)).toList();
        return values.size() == 1 ? Optional.of(values.getFirst().value()) : Optional.empty();
    }

    private static String authority(Map<String, String> pseudo, List<HeaderField> fields) {
        String authority = pseudo.get(":authority");
        return authority != null
                ? authority
                : fields.stream()
                        .filter(field -> field.name().equals("host"))
                        .map(HeaderField::value)
                        .findFirst()
                        .orElse("");
    }

    private static void check(int stream, HeaderField field) throws Http2Fault {
        boolean sound = isToken(field.name(), true)
                && isText(field.value())
                && !OF_ONE_CONNECTION.contains(field.name())
                && (!field.name().equals("te") || field.value().equals("trailers"));
        if (!sound) {
            throw malformed(stream);
        }
    }

    private static boolean isToken(String text, boolean lowerCase) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(each -> (each >= 'a' && each <= 'z')
                                || (!lowerCase && each >= 'A' && each <= 'Z')
                                || (each >= '0' && each <= '9')
                                || TOKEN_EXTRAS.indexOf(each) >= 0);
    }

    /** No control characters but the tabulator, and no blank at either end. */
    private static boolean isText(String text) {
        return text.equals(text.strip())
                && text.chars().allMatch(each -> (each >= ' ' && each != 0x7F) || each == '\t');
    }

    private static Http2Fault malformed(int stream) {
        return Http2Fault.ofStream(stream, Http2Error.PROTOCOL_ERROR, "the headers break the rules of HTTP/2");
    }

    @Override
    public String toString() {
        return "RequestHead[" + method + "]"; // headers and query may hold secrets
    }
}
