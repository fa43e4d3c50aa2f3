package dev.octosts.github.key;

import dev.octosts.github.key.SigningException.SigningFault;
import io.helidon.faulttolerance.CircuitBreaker;
import io.helidon.faulttolerance.CircuitBreakerOpenException;
import io.helidon.faulttolerance.Retry;
import io.helidon.faulttolerance.RetryTimeoutException;
import java.time.Duration;

/**
 * Stands between this program and one thing of a service that may fail. A fault that may be over in a moment is tried
 * again, with pauses that differ from replica to replica; after failures in a row the service is spared for a while.
 * Both are programmatic, because a breaker of all keys together would let one key's fault stop the others:
 * docs/adr/0004-fault-tolerance-is-keyed.md.
 */
public final class Guard {

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration ALL_ATTEMPTS = Duration.ofSeconds(8);
    private static final int ATTEMPTS = 3;
    private static final int FAILURES_IN_A_ROW = 4;
    private static final Duration SPARED_FOR = Duration.ofSeconds(15);

    private final Retry retry;
    private final CircuitBreaker breaker;

    /** With the usual times. */
    public Guard() {
        this(PAUSE, SPARED_FOR);
    }

    /** With other times. */
    Guard(Duration pause, Duration sparedFor) {
        this.retry = Retry.builder()
                .calls(ATTEMPTS)
                .delay(pause)
                .jitter(pause.dividedBy(2))
                .overallTimeout(ALL_ATTEMPTS)
                .addApplyOn(Passing.class)
                .build();
        this.breaker = CircuitBreaker.builder()
                .volume(FAILURES_IN_A_ROW)
                .errorRatio(100)
                .successThreshold(1)
                .delay(sparedFor)
                .build();
    }

    /** One attempt. */
    @FunctionalInterface
    public interface GuardedStep<T> {
        T take() throws SigningException;
    }

    /**
     * Makes attempts.
     *
     * @throws SigningException the last attempt's, or because none was made
     */
    public <T> T call(GuardedStep<T> step) throws SigningException {
        try {
            return retry.invoke(() -> breaker.invoke(() -> attempt(step)));
        } catch (CircuitBreakerOpenException open) {
            throw new SigningException(SigningFault.SUSPENDED, "");
        } catch (RetryTimeoutException late) {
            throw late.lastRetryException() instanceof Failed last
                    ? last.fault
                    : new SigningException(SigningFault.TIMED_OUT, "");
        } catch (Failed failed) {
            throw failed.fault;
        }
    }

    private static <T> T attempt(GuardedStep<T> step) {
        try {
            return step.take();
        } catch (SigningException fault) {
            throw fault.fault().isPassing() ? new Passing(fault) : new Failed(fault);
        }
    }

    /** What the retry and the breaker can see: they take unchecked exceptions only. */
    private static class Failed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final SigningException fault;

        Failed(SigningException fault) {
            super(fault.getMessage(), fault, false, false);
            this.fault = fault;
        }
    }

    private static final class Passing extends Failed {

        private static final long serialVersionUID = 1L;

        Passing(SigningException fault) {
            super(fault);
        }
    }
}
