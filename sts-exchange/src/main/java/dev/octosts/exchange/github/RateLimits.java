package dev.octosts.exchange.github;

import dev.octosts.api.GitHubCall.Quota;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads GitHub's answers for signs of a limit.
 *
 * @see <a href="https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api">GitHub: rate limits</a>
 */
final class RateLimits {

    private static final String SECONDARY_LIMITS = "secondary-rate-limit";

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

    /** The quota that the answer tells of, or null when it tells of none that makes sense. */
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
