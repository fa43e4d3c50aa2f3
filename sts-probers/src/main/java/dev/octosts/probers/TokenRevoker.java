package dev.octosts.probers;

import java.net.HttpURLConnection;

/** Revokes a GitHub token before its hour is over. */
public final class TokenRevoker {

    private final ServiceAddress gitHub;
    private final Network network;
    private final RetryBudget retries;

    /** @param gitHub the address of GitHub's REST API, such as {@code https://api.github.com} */
    public TokenRevoker(ServiceAddress gitHub, Network network, RetryBudget retries) {
        this.gitHub = gitHub;
        this.network = network;
        this.retries = retries;
    }

    /**
     * Revokes a token. A second request does no harm, so a failure that may end with time is tried again.
     *
     * @see <a href="https://docs.github.com/rest/apps/installations#revoke-an-installation-access-token">GitHub: revoke
     *     an installation access token</a>
     */
    public RevocationResult revoke(ExchangeAnswer.Token token) throws InterruptedException {
        var request = network.request(gitHub.resolve("/installation/token"), token.value())
                .header("Accept", "application/vnd.github+json")
                .DELETE()
                .build();
        return switch (network.send(request, retries)) {
            case Reply.Failed(var reason, var _) -> new RevocationResult.Failed(reason);
            case Reply.Answered answered ->
                switch (answered.status()) {
                    case HttpURLConnection.HTTP_NO_CONTENT -> new RevocationResult.Revoked();
                    case HttpURLConnection.HTTP_UNAUTHORIZED -> new RevocationResult.AlreadyDead();
                    default -> new RevocationResult.Failed(gitHub + " answered HTTP " + answered.status());
                };
        };
    }

    /** The result of the revocation of a GitHub token. */
    public sealed interface RevocationResult {

        /** GitHub no longer accepts the token. */
        record Revoked() implements RevocationResult {}

        /** GitHub had already stopped accepting the token. */
        record AlreadyDead() implements RevocationResult {}

        /**
         * The token may be valid until it expires.
         *
         * @param reason what happened, for people to read
         */
        record Failed(String reason) implements RevocationResult {}
    }
}
