package dev.octosts.github;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.octosts.api.budget.Turns;
import io.helidon.faulttolerance.Bulkhead;
import io.helidon.faulttolerance.BulkheadException;
import io.helidon.faulttolerance.CircuitBreaker;
import io.helidon.faulttolerance.CircuitBreakerOpenException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits the effect of one owner's failures on all others, with a bulkhead, a circuit breaker and pauses for every App
 * and owner. They are programmatic because annotations cannot be keyed, and because an annotation costs the hot path
 * more than all the rest of our code there.
 */
final class OwnerIsolation {

    private static final int MAXIMUM_KEYS = 2_000;
    private static final Duration UNUSED = Duration.ofMinutes(10);

    /** GitHub's secondary limit allows about 100 requests at a time. */
    private static final int CALLS_AT_A_TIME = 80;

    /** A workflow with a large matrix comes all at once; each that waits costs a virtual thread. */
    private static final int CALLS_WAITING = 1_200;

    /** The part of GitHub's limit that the exchanges leave. */
    private static final int BACKGROUND_CALLS_AT_A_TIME = 16;

    /** The failures of ten reads, each of which is tried three times. */
    private static final int FAILURES_IN_A_ROW = 30;

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final LoadingCache<String, Guard> guards;
    private final GitHub.Time time;

    private OwnerIsolation(GitHub.Time time, int callsAtATime) {
        this.time = time;
        this.guards = Caffeine.newBuilder()
                .maximumSize(MAXIMUM_KEYS)
                .expireAfterAccess(UNUSED)
                .build(key -> new Guard(callsAtATime));
    }

    /** Guards for calls that exchanges wait for. */
    static OwnerIsolation forExchanges(GitHub.Time time) {
        return new OwnerIsolation(time, CALLS_AT_A_TIME);
    }

    /** Guards for calls that no exchange waits for. */
    static OwnerIsolation forBackground(GitHub.Time time) {
        return new OwnerIsolation(time, BACKGROUND_CALLS_AT_A_TIME);
    }

    /**
     * Makes a call under the guard of its App and owner.
     *
     * @throws PausedException when GitHub has refused several calls in a row and the time is not up
     * @throws NoAnswerException when the call throws it, when the breaker is open or when too many calls wait
     */
    HttpAnswer call(Call call, Supplier<HttpAnswer> asking) {
        Guard guard = guards.get(call.app().id() + "/" + call.owner());
        Backoff pause = call.endpoint().byInstallation() ? guard.installationPause : guard.appPause;
        pause.check(time.nanoTime().getAsLong());
        Turns.giveWay();
        try {
            HttpAnswer answer = guard.breaker.invoke(() -> guard.bulkhead.invoke(asking));
            learn(call, answer, pause);
            return answer;
        } catch (CircuitBreakerOpenException open) {
            throw new NoAnswerException("the circuit breaker is open after failures in a row", null);
        } catch (BulkheadException full) {
            throw new NoAnswerException("too many calls wait for GitHub", null);
        }
    }

    private void learn(Call call, HttpAnswer answer, Backoff pause) {
        long now = time.nanoTime().getAsLong();
        @Nullable
        Duration retryAfter = RateLimits.retryAfter(answer, time.clock().instant());
        if (retryAfter != null) {
            pause.limited(now, retryAfter);
        } else if (answer.status() == 403 && !call.endpoint().byInstallation()) {
            // An installation that is refused is refused for all callers; the refusal of a file says nothing about the
            // next one.
            pause.forbidden(now);
        } else {
            pause.over();
        }
    }

    private static final class Guard {

        // The App's own limit and the installation's limit are two limits.
        private final Backoff appPause = new Backoff();
        private final Backoff installationPause = new Backoff();

        private final Bulkhead bulkhead;

        private final CircuitBreaker breaker = CircuitBreaker.builder()
                .volume(FAILURES_IN_A_ROW)
                .errorRatio(100)
                .delay(PAUSE)
                .successThreshold(1)
                .addSkipOn(BulkheadException.class)
                .build();

        Guard(int callsAtATime) {
            this.bulkhead = Bulkhead.builder()
                    .limit(callsAtATime)
                    .queueLength(CALLS_WAITING)
                    .build();
        }
    }
}
