package dev.octosts.github;

import dev.octosts.github.GitHubResult.Reason;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stops calls to GitHub after refusals in a row: after rate limits for as long as GitHub asked for, after other
 * refusals for a moment. A client that goes on while limited may be banned. A client that stops at the first refusal
 * fails callers that would have been served.
 *
 * @see <a
 *     href="https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit">GitHub:
 *     exceeding the rate limit</a>
 */
final class Backoff {

    private static final int REFUSALS_IN_A_ROW = 10;
    private static final Duration MOMENT = Duration.ofSeconds(5);

    private final AtomicReference<State> state = new AtomicReference<>(State.CLEAR);

    /** Throws when GitHub must not be called now. */
    void check(long now) {
        State current = state.get();
        if (current.refusals >= REFUSALS_IN_A_ROW && now - current.until < 0) {
            throw new PausedException(current.reason);
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
