package dev.octosts.webhook.review;

import static dev.octosts.webhook.review.GitHubException.need;

import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.Installation;
import dev.octosts.github.MintedToken;
import dev.octosts.github.ReviewApi.Access;
import dev.octosts.github.Route;
import dev.octosts.github.TokenRequest;
import dev.octosts.webhook.payload.RepositoryRef;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Mints tokens for reviews: each for one repository, with no more permissions than the review needs, and revoked at its
 * end.
 */
final class Sessions {

    private static final Map<String, String> REVIEW = Map.of("contents", "read", "checks", "write");
    private static final Map<String, String> REVIEW_OF_PULL_REQUEST =
            Map.of("contents", "read", "checks", "write", "pull_requests", "read");

    private final GitHub gitHub;

    Sessions(GitHub gitHub) {
        this.gitHub = gitHub;
    }

    /** Gets a token for a review through the installation that the event named. */
    Session open(GitHubApp app, RepositoryRef place, boolean pullRequests) throws GitHubException {
        String owner = place.owner().toLowerCase(Locale.ROOT);
        var route = new Route(owner, app, new Installation(place.installation(), place.owner(), 0, "", false));
        GitHubResult<MintedToken> answer = mint(route, place, pullRequests ? REVIEW_OF_PULL_REQUEST : REVIEW);
        if (pullRequests && answer instanceof Failure<MintedToken>(var reason) && reason == Reason.UNPROCESSABLE) {
            // Public repositories show their pull requests without the permission, and not every App has it.
            answer = mint(route, place, REVIEW);
        }
        MintedToken minted = need("token", answer);
        var access = new Access(app, owner, place.repository(), place.installation(), minted.token());
        return new Session(gitHub.reviews(), access, route);
    }

    private GitHubResult<MintedToken> mint(Route route, RepositoryRef place, Map<String, String> permissions) {
        return gitHub.mint(route, new TokenRequest(permissions, List.of(place.repository())));
    }

    void close(Session session) {
        Access access = session.access();
        gitHub.revokeLater(access.app(), access.owner(), access.token());
    }
}
