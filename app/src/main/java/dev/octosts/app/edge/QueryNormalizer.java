package dev.octosts.app.edge;

import io.helidon.common.uri.UriQuery;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.HexFormat;

/**
 * Makes JAX-RS able to read a query. Characters that should have been percent-encoded are encoded, because many clients
 * send them raw; a broken percent-encoding is refused.
 */
final class QueryNormalizer implements Filter {

    private static final String ALLOWED_BESIDE_LETTERS_AND_DIGITS = "_-!.~'()*,;:$&+=?/[]@";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int ESCAPE_LENGTH = 3;

    QueryNormalizer() {}

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        var prologue = request.prologue();
        var query = prologue.query().rawValue();
        int odd = firstOdd(query);
        if (odd < query.length()) {
            int broken = firstBrokenEscape(query, odd);
            if (broken >= 0) {
                EdgeErrors.badEscape(
                        request, response, query.substring(broken, Math.min(query.length(), broken + ESCAPE_LENGTH)));
                return;
            }
            request.prologue(with(prologue, encoded(query)));
        }
        chain.proceed();
    }

    private static HttpPrologue with(HttpPrologue prologue, String query) {
        return HttpPrologue.create(
                prologue.rawProtocol(),
                prologue.protocol(),
                prologue.protocolVersion(),
                prologue.method(),
                prologue.uriPath(),
                UriQuery.create(query),
                prologue.fragment());
    }

    /** The index of the first character that is not plainly allowed, or the length. */
    static int firstOdd(String query) {
        for (int index = 0; index < query.length(); index++) {
            char character = query.charAt(index);
            if (character == '%' ? isBroken(query, index) : !isAllowed(character)) {
                return index;
            }
        }
        return query.length();
    }

    /** The index of a percent sign without two hexadecimal digits, or -1. */
    static int firstBrokenEscape(String query, int from) {
        for (int index = query.indexOf('%', from); index >= 0; index = query.indexOf('%', index + 1)) {
            if (isBroken(query, index)) {
                return index;
            }
        }
        return -1;
    }

    static String encoded(String query) {
        var sound = new StringBuilder(query.length() + ESCAPE_LENGTH);
        for (int index = 0; index < query.length(); index++) {
            char character = query.charAt(index);
            if (character == '%' || isAllowed(character)) {
                sound.append(character);
            } else {
                // The request line was read byte by byte, so a character is a byte.
                sound.append('%').append(HEX.toHexDigits((byte) character));
            }
        }
        return sound.toString();
    }

    private static boolean isBroken(String query, int percent) {
        return percent + 2 >= query.length()
                || !HexFormat.isHexDigit(query.charAt(percent + 1))
                || !HexFormat.isHexDigit(query.charAt(percent + 2));
    }

    private static boolean isAllowed(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || ALLOWED_BESIDE_LETTERS_AND_DIGITS.indexOf(character) >= 0;
    }
}
