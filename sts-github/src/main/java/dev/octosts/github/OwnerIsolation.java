package dev.octosts.github;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.octosts.api.budget.Turns;
import dev.octosts.github.GitHubResult.Reason;
import io.helidon.faulttolerance.Bulkhead;
import io.helidon.faulttolerance.BulkheadException;
import io.helidon.faulttolerance.CircuitBreaker;
import io.helidon.faulttolerance.CircuitBreakerOpenException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits the effect of one owner's failures on all others, with a bulkhead, a circuit breaker and a back-off for every
 * App and owner. They are programmatic because annotations cannot be keyed, and because an annotation costs the hot
 * path more than all the rest of our code there.
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

    private final LoadingCache<String, Isolation> isolations;
    private final GitHub.Time time;

    private OwnerIsolation(GitHub.Time time, int callsAtATime) {
        this.time = time;
        this.isolations = Caffeine.newBuilder()
                .maximumSize(MAXIMUM_KEYS)
                .expireAfterAccess(UNUSED)
                .build(key -> new Isolation(callsAtATime));
    }

    /** The limits of calls that exchanges wait for. */
    static OwnerIsolation forExchanges(GitHub.Time time) {
        return new OwnerIsolation(time, CALLS_AT_A_TIME);
    }

    /** The limits of calls that no exchange waits for. */
    static OwnerIsolation forBackground(GitHub.Time time) {
        return new OwnerIsolation(time, BACKGROUND_CALLS_AT_A_TIME);
    }

    /**
     * Makes a call under the limits of its App and owner.
     *
     * @throws NoAnswerException.Paused when GitHub has refused several calls in a row and the time is not up
     * @throws NoAnswerException when the call throws it, when the breaker is open or when too many calls wait
     */
    HttpAnswer call(Call call, Supplier<HttpAnswer> asking) {
        Isolation isolation = isolations.get(call.app().id() + "/" + call.owner());
        Backoff backoff = call.endpoint().byInstallation() ? isolation.installationBackoff : isolation.appBackoff;
        backoff.check(time.nanoTime().getAsLong());
        Turns.giveWay();
        try {
            HttpAnswer answer = isolation.breaker.invoke(() -> isolation.bulkhead.invoke(asking));
            learn(call, answer, backoff);
            return answer;
        } catch (CircuitBreakerOpenException open) {
            throw new NoAnswerException("the circuit breaker is open after failures in a row", null);
        } catch (BulkheadException full) {
            throw new NoAnswerException("too many calls wait for GitHub", null);
        }
    }

    private void learn(Call call, HttpAnswer answer, Backoff backoff) {
        long now = time.nanoTime().getAsLong();
        @Nullable
        Duration retryAfter = RateLimits.retryAfter(answer, time.clock().instant());
        if (retryAfter != null) {
            backoff.limited(now, retryAfter);
        } else if (answer.status() == 403 && !call.endpoint().byInstallation()) {
            // An installation that is refused is refused for all callers; the refusal of a file says nothing about the
            // next one.
            backoff.forbidden(now);
        } else {
            backoff.over();
        }
    }

    private static final class Isolation {

        // The App's own limit and the installation's limit are two limits.
        private final Backoff appBackoff = new Backoff();
        private final Backoff installationBackoff = new Backoff();

        private final Bulkhead bulkhead;

        private final CircuitBreaker breaker = CircuitBreaker.builder()
                .volume(FAILURES_IN_A_ROW)
                .errorRatio(100)
                .delay(PAUSE)
                .successThreshold(1)
                .addSkipOn(BulkheadException.class)
                .build();

        Isolation(int callsAtATime) {
            this.bulkhead = Bulkhead.builder()
                    .limit(callsAtATime)
                    .queueLength(CALLS_WAITING)
                    .build();
        }
    }

    /**
     * Stops calls to GitHub after refusals in a row: after rate limits for as long as GitHub asked for, after other
     * refusals for a moment. A client that goes on while limited may be banned. A client that stops at the first
     * refusal fails callers that would have been served.
     *
     * @see <a
     *     href="https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit">GitHub:
     *     exceeding the rate limit</a>
     */
    private static final class Backoff {

        private static final int REFUSALS_IN_A_ROW = 10;
        private static final Duration MOMENT = Duration.ofSeconds(5);

        private final AtomicReference<State> state = new AtomicReference<>(State.CLEAR);

        /** Throws when GitHub must not be called now. */
        void check(long now) {
            State current = state.get();
            if (current.refusals >= REFUSALS_IN_A_ROW && now - current.until < 0) {
                throw new NoAnswerException.Paused(current.reason);
            }
        }

        /** GitHub limits requests, and asks for no calls for a time. */
        void limited(long now, Duration retryAfter) {
            refused(Reason.LIMITED, now + retryAfter.toNanos());
        }

        /** GitHub refuses. */
        void forbidden(long now) {
            refused(Reason.FORBIDDEN, now + MOMENT.toNanos());
        }

        /** GitHub answers again. */
        void over() {
            if (state.get().refusals > 0) {
                state.set(State.CLEAR);
            }
        }

        private void refused(Reason reason, long until) {
            state.updateAndGet(before -> new State(Math.min(before.refusals + 1, REFUSALS_IN_A_ROW), until, reason));
        }

        private record State(int refusals, long until, Reason reason) {
            private static final State CLEAR = new State(0, 0, Reason.LIMITED);
        }
    }
}
