package dev.octosts.github;

import dev.octosts.api.GitHubCall;
import dev.octosts.api.GitHubCall.Endpoint;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Describes one call: the endpoint, the App that makes it, and the account that it is about. */
record Call(Endpoint endpoint, GitHubApp app, String owner, long installation) {

    /** The call without an answer. */
    GitHubCall unanswered(long nanos) {
        return new GitHubCall(endpoint, 0, nanos, app.id(), owner, installation, false, Duration.ZERO, null);
    }

    /**
     * The call with its answer.
     *
     * @param retryAfter how long GitHub wants to be left alone; null when it did not refuse because of a limit
     */
    GitHubCall answered(HttpAnswer answer, long nanos, @Nullable Duration retryAfter) {
        return new GitHubCall(
                endpoint,
                answer.status(),
                nanos,
                app.id(),
                owner,
                installation,
                retryAfter != null,
                retryAfter == null ? Duration.ZERO : retryAfter,
                RateLimits.quota(answer));
    }
}
