package dev.octosts.exchange.installation;

import dev.octosts.api.AttemptedCall;
import dev.octosts.api.Telemetry;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;

/**
 * Repeats a read when GitHub gave no answer, or one that cannot be used: three attempts in all. It is a bean because
 * the container implements the annotation; everything behind it makes one attempt.
 *
 * <p>Only for calls that may be made twice: reads, and mints of tokens that can do nothing but read. When the answer to
 * such a mint is lost, its token is lost, too; it expires within the hour. The token that a caller gets is never minted
 * through here.
 */
@ApplicationScoped
public class ReadAttempts {

    private final Consumer<AttemptedCall> failed;

    /** For the container's client proxy, and for reads that nobody counts. */
    public ReadAttempts() {
        this.failed = _ -> {};
    }

    /** {@code telemetry} counts attempts that failed. */
    @Inject
    public ReadAttempts(Telemetry telemetry) {
        this.failed = telemetry::attemptFailed;
    }

    /**
     * Makes the attempts.
     *
     * @param read one attempt
     * @throws NoReadException when no attempt brought an answer
     */
    // No further attempt begins after six seconds, so that callers, who wait for some ten, get an answer.
    @Retry(maxRetries = 2, delay = 200, jitter = 150, maxDuration = 6000, retryOn = NoReadException.class)
    public <T> GitHubResult<T> make(Supplier<GitHubResult<T>> read) {
        GitHubResult<T> answer = read.get();
        if (answer.equals(new Failure<T>(Reason.UNAVAILABLE))) {
            failed.accept(AttemptedCall.GITHUB_READ);
            throw new NoReadException();
        }
        return answer;
    }

    /** As {@link #make}, but a missing answer is a value, too. */
    static <T> GitHubResult<T> of(ReadAttempts attempts, Supplier<GitHubResult<T>> read) {
        try {
            return attempts.make(read);
        } catch (NoReadException | FaultToleranceException none) {
            return new Failure<>(Reason.UNAVAILABLE);
        }
    }

    /** Thrown when a read brought no usable answer, but may bring one in a moment. Others see a value. */
    static final class NoReadException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoReadException() {
            super("GitHub gave no answer that could be used", null, false, false);
        }
    }
}
