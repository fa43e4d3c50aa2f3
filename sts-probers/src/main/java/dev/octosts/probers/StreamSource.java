package dev.octosts.probers;

import java.io.IOException;
import java.io.InputStream;

/** A source of one identity token, which a user writes to a stream. */
record StreamSource(String name, InputStream stream) implements IdentityTokenSource {

    @Override
    public Result obtain(String audience) {
        try {
            return TokenText.token(name, TokenText.read(stream));
        } catch (IOException _) {
            return new Result.Missing(name + " cannot be read");
        }
    }
}
