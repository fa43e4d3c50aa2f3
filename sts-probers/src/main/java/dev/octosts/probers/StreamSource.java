package dev.octosts.probers;

import java.io.IOException;
import java.io.InputStream;

/** A token that somebody hands over. */
record StreamSource(String name, InputStream stream) implements IdentityTokenSource {

    @Override
    public Result obtain(String audience) {
        try {
            return Texts.token(name, Texts.read(stream));
        } catch (IOException _) {
            return new Result.Missing(name + " cannot be read");
        }
    }
}
