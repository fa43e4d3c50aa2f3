package dev.octosts.probers;

import dev.octosts.probers.IdentityTokenSource.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tokens out of what people and platforms keep them in. */
final class Texts {

    private Texts() {}

    /** Takes the token out of a text; line ends around it are no part of it. */
    static Result token(String place, String text) {
        var token = text.strip();
        Optional<String> fault = Secrets.faultOf(token);
        return fault.<Result>map(found -> new Result.Missing(place + ": " + found))
                .orElseGet(() -> new Result.Obtained(new IdentityToken(token)));
    }

    /** Reads no more than tells that it is too much. */
    static String read(InputStream stream) throws IOException {
        return new String(stream.readNBytes(Secrets.LIMIT + 2), StandardCharsets.UTF_8);
    }
}
