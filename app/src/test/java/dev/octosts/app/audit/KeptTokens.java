package dev.octosts.app.audit;

import dev.octosts.api.InstallationToken;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.Route;
import dev.octosts.github.TokenRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tokens of callers that are kept as the service keeps them. Other packages use them, too. */
public final class KeptTokens {

    private static final String OWNER = "octo-org";

    private KeptTokens() {}

    /**
     * Mints a token for each subject, and keeps it.
     *
     * @param app installed on {@code octo-org}
     */
    public static List<InstallationToken> mint(GitHub gitHub, GitHubApp app, TokenSafe safe, String... subjects)
            throws StoreException {
        var route = new Route(OWNER, app, succeeded(gitHub.installation(app, OWNER)));
        var asked = new TokenRequest(Map.of("issues", "write"), List.of());
        var tokens = new ArrayList<InstallationToken>();
        for (String subject : subjects) {
            InstallationToken token = succeeded(gitHub.mint(route, asked)).token();
            safe.put(TestExchanges.granted(subject, token), token);
            tokens.add(token);
        }
        return tokens;
    }

    private static <T> T succeeded(GitHubResult<T> result) {
        return switch (result) {
            case GitHubResult.Success<T>(var value) -> value;
            case GitHubResult.Failure<T>(var reason) -> throw new AssertionError(reason);
        };
    }
}
