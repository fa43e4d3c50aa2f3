package dev.octosts.exchange.github;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.helidon.faulttolerance.Bulkhead;
import io.helidon.faulttolerance.BulkheadException;
import io.helidon.faulttolerance.CircuitBreaker;
import io.helidon.faulttolerance.CircuitBreakerOpenException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Keeps one owner's trouble from becoming everybody's: a bulkhead and a circuit breaker for every App and owner. They
 * are programmatic because annotations cannot be keyed, and because an annotation costs the hot path more than all the
 * rest of it that is ours.
 */
final class Guards {

    private static final int MAXIMUM_KEYS = 2_000;
    private static final Duration UNUSED = Duration.ofMinutes(10);

    /** GitHub's secondary limit allows about 100 requests at a time. */
    private static final int CALLS_AT_A_TIME = 80;

    private static final int CALLS_WAITING = 400;

    private static final int FAILURES_IN_A_ROW = 10;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final LoadingCache<String, Guard> guards = Caffeine.newBuilder()
            .maximumSize(MAXIMUM_KEYS)
            .expireAfterAccess(UNUSED)
            .build(key -> new Guard());

    /**
     * Makes a call under the guard of an App and an owner.
     *
     * @throws NoAnswerException when the call throws it, when the breaker is open or when too many calls wait
     */
    HttpAnswer call(GitHubApp app, String owner, Supplier<HttpAnswer> call) {
        Guard guard = guards.get(app.id() + "/" + owner);
        try {
            return guard.breaker.invoke(() -> guard.bulkhead.invoke(call));
        } catch (CircuitBreakerOpenException open) {
            throw new NoAnswerException("the circuit breaker is open after failures in a row", null);
        } catch (BulkheadException full) {
            throw new NoAnswerException("too many calls wait for GitHub", null);
        }
    }

    private static final class Guard {

        private final Bulkhead bulkhead = Bulkhead.builder()
                .limit(CALLS_AT_A_TIME)
                .queueLength(CALLS_WAITING)
                .build();

        private final CircuitBreaker breaker = CircuitBreaker.builder()
                .volume(FAILURES_IN_A_ROW)
                .errorRatio(100)
                .delay(PAUSE)
                .successThreshold(1)
                .addSkipOn(BulkheadException.class)
                .build();
    }
}
