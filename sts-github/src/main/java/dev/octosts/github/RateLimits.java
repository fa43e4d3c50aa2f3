package dev.octosts.github;

import dev.octosts.api.GitHubCall.Quota;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Reads the signs of a rate limit from GitHub's answers.
 *
 * @see <a href="https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api">GitHub: rate limits</a>
 */
final class RateLimits {

    private static final String SECONDARY_LIMITS = "secondary-rate-limit";

    private static final Duration WINDOW = Duration.ofHours(1);
    private static final Duration UNSAID = Duration.ofMinutes(1);

    private RateLimits() {}

    /**
     * Whether an answer is the refusal of a limit. A 403 or 422 without a sign of one is a real refusal; the presence
     * of {@code X-RateLimit-*} alone is no sign, because every answer has them.
     */
    static boolean isLimit(HttpAnswer answer) {
        return switch (answer.status()) {
            case 429 -> true;
            case 403, 422 ->
                answer.header("Retry-After") != null
                        || "0".equals(answer.header("X-RateLimit-Remaining"))
                        || new String(answer.body(), StandardCharsets.UTF_8).contains(SECONDARY_LIMITS);
            default -> false;
        };
    }

    /**
     * How long GitHub wants to be left alone, or null when the answer is not the refusal of a limit. It is at most the
     * hour of GitHub's window, whatever the answer says, and a minute when the answer has no time.
     *
     * @param now the time of day
     */
    static @Nullable Duration retryAfter(HttpAnswer answer, Instant now) {
        if (!isLimit(answer)) {
            return null;
        }
        @Nullable String said = answer.header("Retry-After");
        long seconds = said == null ? -1 : secondsUntil(said, now);
        if (seconds < 0 && "0".equals(answer.header("X-RateLimit-Remaining"))) {
            long reset = number(answer.header("X-RateLimit-Reset"));
            seconds = reset < 0 ? -1 : Math.max(0, reset - now.getEpochSecond());
        }
        return seconds < 0 ? UNSAID : Duration.ofSeconds(Math.min(seconds, WINDOW.toSeconds()));
    }

    /** RFC 9110, section 10.2.3: seconds or a date; negative for any other text. */
    private static long secondsUntil(String said, Instant now) {
        long seconds = number(said);
        if (seconds >= 0) {
            return seconds;
        }
        try {
            Instant until = DateTimeFormatter.RFC_1123_DATE_TIME.parse(said, Instant::from);
            return Math.max(0, until.getEpochSecond() - now.getEpochSecond());
        } catch (DateTimeException neither) {
            return -1;
        }
    }

    /** The quota in the answer, or null when the answer has none that makes sense. */
    static @Nullable Quota quota(HttpAnswer answer) {
        long limit = number(answer.header("X-RateLimit-Limit"));
        long remaining = number(answer.header("X-RateLimit-Remaining"));
        if (limit < 0 || remaining < 0) {
            return null;
        }
        String resource = answer.header("X-RateLimit-Resource");
        return new Quota(
                limit,
                remaining,
                Math.max(0, number(answer.header("X-RateLimit-Used"))),
                Math.max(0, number(answer.header("X-RateLimit-Reset"))),
                resource == null ? "core" : resource);
    }

    private static long number(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > 18) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
