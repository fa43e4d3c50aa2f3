package dev.octosts.github;

import dev.octosts.api.GitHubCall.Endpoint;
import dev.octosts.api.HeldToken;
import dev.octosts.github.GitHubJson.MalformedAnswerException;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.GitHubResult.Success;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpDelete;
import org.apache.hc.client5.http.classic.methods.HttpGet;

/**
 * The calls about an installation token, made with the token itself. No exchange waits for them. As in {@link GitHub},
 * calls do not throw.
 */
public final class TokenApi {

    private static final int REVOKED = 204;

    private final Transport transport;
    private final Addresses addresses;

    TokenApi(Transport transport, Addresses addresses) {
        this.transport = transport;
        this.addresses = addresses;
    }

    /**
     * Revokes a token.
     *
     * @param route by which the token was minted; empty when that is not known
     * @return whether it was valid until now
     * @see <a href="https://docs.github.com/rest/apps/installations#revoke-an-installation-access-token">GitHub: revoke
     *     an installation access token</a>
     */
    public GitHubResult<Boolean> revoke(HeldToken token, Optional<Route> route) {
        var request = GitHub.authorized(new HttpDelete(addresses.token()), token.value());
        GitHubResult<Boolean> answer = ResultReader.ask(
                () -> route.map(known -> transport.inBackground(call(Endpoint.REVOKE, known), request))
                        .orElseGet(() -> transport.anonymous(request)),
                answered -> {
                    if (answered.status() != REVOKED) {
                        throw new MalformedAnswerException("not the answer to a revocation");
                    }
                    return true;
                });
        return answer instanceof Failure<Boolean>(var reason) && reason == Reason.UNAUTHORIZED
                ? new Success<>(false)
                : answer;
    }

    /**
     * Whether GitHub accepts a token. The question is one that no limit counts.
     *
     * @param route by which the token was minted
     * @see <a href="https://docs.github.com/rest/rate-limit/rate-limit">GitHub: get rate limit status</a>
     */
    public GitHubResult<Boolean> isValid(HeldToken token, Route route) {
        var request = GitHub.authorized(new HttpGet(addresses.rateLimit()), token.value());
        GitHubResult<Boolean> answer =
                ResultReader.ask(() -> transport.inBackground(call(Endpoint.RATE_LIMIT, route), request), _ -> true);
        return switch (answer) {
            case Success<Boolean> valid -> valid;
            case Failure<Boolean>(var reason) ->
                switch (reason) {
                    // A server without rate limits does not have the path; it has looked at the token before.
                    case NOT_FOUND -> new Success<>(true);
                    case UNAUTHORIZED, FORBIDDEN -> new Success<>(false);
                    case UNPROCESSABLE, LIMITED, UNAVAILABLE -> answer;
                };
        };
    }

    private static Call call(Endpoint endpoint, Route route) {
        return new Call(
                endpoint, route.app(), route.owner(), route.installation().id());
    }
}
