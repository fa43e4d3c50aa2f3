package dev.octosts.probers;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks the form of a token, so that it fits into a header, a line and a shell's variable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750, section 2.1</a>
 */
final class Secrets {

    static final int LIMIT = 64 * 1024;

    private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9._~+/=-]+");

    private Secrets() {}

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
}
