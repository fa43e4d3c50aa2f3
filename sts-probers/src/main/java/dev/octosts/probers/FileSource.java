package dev.octosts.probers;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A source of identity tokens in a file. The file is read each time, because platforms replace the token before it
 * expires.
 */
record FileSource(Path file) implements IdentityTokenSource {

    @Override
    public Result obtain(String audience) {
        var place = "the token file " + file;
        try (var in = Files.newInputStream(file)) {
            return TokenText.token(place, TokenText.read(in));
        } catch (NoSuchFileException _) {
            return new Result.Missing(place + " does not exist");
        } catch (AccessDeniedException _) {
            return new Result.Missing(place + " may not be read by this user");
        } catch (IOException _) {
            return new Result.Missing(place + " cannot be read");
        }
    }
}
