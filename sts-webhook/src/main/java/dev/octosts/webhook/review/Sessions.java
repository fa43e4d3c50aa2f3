package dev.octosts.webhook.review;

import static dev.octosts.webhook.review.GitHubException.need;

import dev.octosts.exchange.github.Answer;
import dev.octosts.exchange.github.Answer.Failure;
import dev.octosts.exchange.github.Answer.Reason;
import dev.octosts.exchange.github.GitHub;
import dev.octosts.exchange.github.GitHubApp;
import dev.octosts.exchange.github.Installation;
import dev.octosts.exchange.github.InstallationTokens;
import dev.octosts.exchange.github.InstallationTokens.Minted;
import dev.octosts.exchange.github.InstallationTokens.Route;
import dev.octosts.exchange.github.Reviews.Access;
import dev.octosts.exchange.github.TokenRequest;
import dev.octosts.webhook.payload.Place;
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
    private final InstallationTokens tokens;

    Sessions(GitHub gitHub, InstallationTokens tokens) {
        this.gitHub = gitHub;
        this.tokens = tokens;
    }

    /** Gets a token for a review through the installation that the event named. */
    Session open(GitHubApp app, Place place, boolean pullRequests) throws GitHubException {
        String owner = place.owner().toLowerCase(Locale.ROOT);
        var route = new Route(owner, app, new Installation(place.installation(), place.owner(), 0, "", false));
        Answer<Minted> answer = mint(route, place, pullRequests ? REVIEW_OF_PULL_REQUEST : REVIEW);
        if (pullRequests && answer instanceof Failure<Minted>(var reason) && reason == Reason.UNPROCESSABLE) {
            // Public repositories show their pull requests without the permission, and not every App has it.
            answer = mint(route, place, REVIEW);
        }
        Minted minted = need("token", answer);
        var access = new Access(app, owner, place.repository(), place.installation(), minted.token());
        return new Session(gitHub.reviews(), access, route);
    }

    private Answer<Minted> mint(Route route, Place place, Map<String, String> permissions) {
        return tokens.mintOnce(route, new TokenRequest(permissions, List.of(place.repository())));
    }

    void close(Session session) {
        Access access = session.access();
        gitHub.revokeLater(access.app(), access.owner(), access.token());
    }
}
