package dev.octosts.probers;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A token in a file, read anew each time: platforms replace it before it expires. */
record FileSource(Path file) implements IdentityTokenSource {

    @Override
    public Result obtain(String audience) {
        var place = "the token file " + file;
        try (var in = Files.newInputStream(file)) {
            return Texts.token(place, Texts.read(in));
        } catch (NoSuchFileException _) {
            return new Result.Missing(place + " does not exist");
        } catch (AccessDeniedException _) {
            return new Result.Missing(place + " may not be read by this user");
        } catch (IOException _) {
            return new Result.Missing(place + " cannot be read");
        }
    }
}
