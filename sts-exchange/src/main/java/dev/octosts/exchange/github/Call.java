package dev.octosts.exchange.github;

import dev.octosts.api.GitHubCall;
import dev.octosts.api.GitHubCall.Endpoint;
import dev.octosts.api.GitHubCall.Quota;
import org.jspecify.annotations.Nullable;

/** Which call it is, who makes it, and whom it is about. */
record Call(Endpoint endpoint, GitHubApp app, String owner, long installation) {

    GitHubCall observed(int status, long nanos, boolean limited, @Nullable Quota quota) {
        return new GitHubCall(endpoint, status, nanos, app.id(), owner, installation, limited, quota);
    }
}
