package dev.octosts.probers;

import dev.octosts.probers.IdentityTokenSource.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads tokens from the texts in which users and platforms keep them. */
final class TokenText {

    private TokenText() {}

    /** Takes the token out of a text; line ends around it are not part of it. */
    static Result token(String place, String text) {
        var token = text.strip();
        Optional<String> fault = Secrets.faultOf(token);
        return fault.<Result>map(found -> new Result.Missing(place + ": " + found))
                .orElseGet(() -> new Result.Obtained(new IdentityToken(token)));
    }

    /** Reads only as much as is needed to see that the input is too long. */
    static String read(InputStream stream) throws IOException {
        return new String(stream.readNBytes(Secrets.LIMIT + 2), StandardCharsets.UTF_8);
    }
}
