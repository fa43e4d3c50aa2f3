package dev.octosts.api;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One call to GitHub, reported to observers.
 *
 * @param endpoint which call it was
 * @param status GitHub's HTTP status, or 0 when there was no answer
 * @param nanos how long it took, in nanoseconds
 * @param appId the App that called
 * @param owner the account that the call was about, in lower case
 * @param installationId the installation that the call was about, or 0 when it was about none
 * @param limited whether GitHub refused because of a rate limit
 * @param retryAfter how long GitHub wants to be left alone; zero when it did not refuse because of a rate limit
 * @param quota what GitHub said about the remaining requests, or null when it said nothing
 */
public record GitHubCall(
        Endpoint endpoint,
        int status,
        long nanos,
        long appId,
        String owner,
        long installationId,
        boolean limited,
        Duration retryAfter,
        @Nullable Quota quota) {

    /** The calls that the exchange and the webhook make. */
    public enum Endpoint {
        APP,
        INSTALLATION,
        MINT,
        CONTENTS,
        REVOKE,
        RATE_LIMIT,
        COMPARE,
        PULL_FILES,
        CHECK_RUNS,
        DELIVERIES;

        private final String spanName =
                "GitHub " + name().toLowerCase(Locale.ROOT).replace('_', ' ');

        /** The name of the call in traces. */
        public String spanName() {
            return spanName;
        }

        /** Whether the call is made with an installation's token, and not as the App itself. */
        public boolean byInstallation() {
            return switch (this) {
                case CONTENTS, REVOKE, RATE_LIMIT, COMPARE, PULL_FILES, CHECK_RUNS -> true;
                case APP, INSTALLATION, MINT, DELIVERIES -> false;
            };
        }
    }

    /**
     * GitHub's {@code X-RateLimit-*} headers.
     *
     * @param limit requests an hour
     * @param remaining requests that are left
     * @param used requests that were made
     * @param resetEpochSeconds when the count starts again, in seconds since the epoch
     * @param resource the counted resource, such as {@code core}
     * @see <a href="https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api">GitHub: rate
     *     limits</a>
     */
    public record Quota(long limit, long remaining, long used, long resetEpochSeconds, String resource) {}
}
