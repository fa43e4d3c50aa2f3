package dev.octosts.exchange.installation;

import dev.octosts.github.GitHubResult;
import java.util.function.Supplier;

/** Reads again as the container lets {@link ReadAttempts} do it, without the pauses. */
public final class ThreeReads extends ReadAttempts {

    private static final int ATTEMPTS = 3;

    @Override
    public <T> GitHubResult<T> make(Supplier<GitHubResult<T>> read) {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                return super.make(read);
            } catch (NoReadException none) {
                // again
            }
        }
        return super.make(read);
    }
}
