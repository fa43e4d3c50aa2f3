package dev.octosts.probers;

import dev.octosts.probers.IdentityTokenSource.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads tokens from the texts in which users and platforms keep them, and checks their form, so that they fit into a
 * header, a line and a shell's variable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750, section 2.1</a>
 */
final class TokenText {

    static final int LIMIT = 64 * 1024;

    private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9._~+/=-]+");

    private TokenText() {}

    /** The fault of a token, without the token itself; empty when it can be used. */
    static Optional<String> faultOf(String token) {
        if (token.isEmpty()) {
            return Optional.of("the token is empty");
        }
        if (token.length() > LIMIT) {
            return Optional.of("the token is longer than " + LIMIT + " characters");
        }
        if (!CHARACTERS.matcher(token).matches()) {
            return Optional.of("there are characters that no token has: blanks, quotes or several lines, perhaps");
        }
        return Optional.empty();
    }

    /** Takes the token out of a text; line ends around it are not part of it. */
    static Result token(String place, String text) {
        var token = text.strip();
        Optional<String> fault = faultOf(token);
        return fault.<Result>map(found -> new Result.Missing(place + ": " + found))
                .orElseGet(() -> new Result.Obtained(new IdentityToken(token)));
    }

    /** Reads only as much as is needed to see that the input is too long. */
    static String read(InputStream stream) throws IOException {
        return new String(stream.readNBytes(LIMIT + 2), StandardCharsets.UTF_8);
    }
}
