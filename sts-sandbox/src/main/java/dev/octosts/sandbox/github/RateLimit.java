package dev.octosts.sandbox.github;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The primary rate limit of an installation or an App: a number of requests per hour, counted down.
 *
 * @see <a href="https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api">Rate limits</a>
 */
public final class RateLimit {
    private static final Duration WINDOW = Duration.ofHours(1);

    private int limit;
    private int remaining;
    private Instant reset = Instant.MIN;

    RateLimit(int limit) {
        this.limit = limit;
        this.remaining = limit;
    }

    public synchronized RateLimit limit(int requestsAnHour) {
        limit = requestsAnHour;
        remaining = Math.min(remaining, requestsAnHour);
        return this;
    }

    /** Sets the requests left until {@link #reset}; with none, the next is refused. */
    public synchronized RateLimit remaining(int requests) {
        remaining = requests;
        limit = Math.max(limit, requests);
        return this;
    }

    /** Sets the time when the full limit is available again. */
    public synchronized RateLimit reset(Instant at) {
        reset = at;
        return this;
    }

    public synchronized int remaining() {
        return remaining;
    }

    /** Takes one request; false when none was left. */
    synchronized boolean take(Instant now) {
        if (reset.equals(Instant.MIN)) {
            reset = now.plus(WINDOW);
        } else if (!now.isBefore(reset)) {
            reset = now.plus(WINDOW);
            remaining = limit;
        }
        if (remaining == 0) {
            return false;
        }
        remaining--;
        return true;
    }

    /** Gives one request back: conditional requests with the answer 304 do not count. */
    synchronized void giveBack() {
        remaining = Math.min(limit, remaining + 1);
    }

    synchronized Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("X-RateLimit-Limit", Integer.toString(limit));
        headers.put("X-RateLimit-Remaining", Integer.toString(remaining));
        headers.put("X-RateLimit-Used", Integer.toString(limit - remaining));
        headers.put("X-RateLimit-Reset", Long.toString(reset.getEpochSecond()));
        headers.put("X-RateLimit-Resource", "core");
        return headers;
    }
}
