package dev.octosts.probers;

import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A source of identity tokens from the token service of GitHub Actions.
 *
 * @see <a href="https://docs.github.com/actions/reference/security/oidc#methods-for-requesting-the-oidc-token">GitHub:
 *     requesting the OIDC token</a>
 */
final class GitHubActionsSource implements IdentityTokenSource {

    static final String URL = "ACTIONS_ID_TOKEN_REQUEST_URL";
    static final String TOKEN = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";

    private final Map<String, String> environment;
    private final Network network;
    private final RetryBudget retries;

    GitHubActionsSource(Map<String, String> environment, Network network, RetryBudget retries) {
        this.environment = Map.copyOf(environment);
        this.network = network;
        this.retries = retries;
    }

    @Override
    public Result obtain(String audience) throws InterruptedException {
        var url = environment.getOrDefault(URL, "");
        var bearer = environment.getOrDefault(TOKEN, "");
        if (url.isEmpty() || bearer.isEmpty()) {
            return new Result.Missing((url.isEmpty() ? URL : TOKEN)
                    + " is not set; the job must say 'permissions: id-token: write', and be a job of GitHub Actions");
        }
        if (TokenText.faultOf(bearer).isPresent()) {
            return new Result.Missing(TOKEN + " is not a token");
        }
        var address = address(url, audience);
        if (address.isEmpty()) {
            return new Result.Missing(URL + " is not an https address");
        }
        var request = network.request(address.get(), bearer)
                .header("Accept", "application/json")
                .build();
        return switch (network.send(request, retries)) {
            case Reply.Failed(var reason, var _) -> new Result.Missing("GitHub Actions gave no token: " + reason);
            case Reply.Answered answered -> read(answered);
        };
    }

    private static Result read(Reply.Answered answered) {
        if (answered.status() != HttpURLConnection.HTTP_OK) {
            return new Result.Missing("GitHub Actions gave no token: HTTP " + answered.status());
        }
        return JsonObjects.object(answered.body())
                .flatMap(json -> JsonObjects.text(json, "value"))
                .map(value -> TokenText.token("GitHub Actions' answer", value))
                .orElseGet(() -> new Result.Missing("GitHub Actions answered without a token"));
    }

    /** The runner's address, which has a query of its own, with the audience added. */
    private static Optional<URI> address(String url, String audience) {
        try {
            var address = new URI(url + (url.contains("?") ? "&" : "?") + "audience="
                    + URLEncoder.encode(audience, StandardCharsets.UTF_8));
            return Optional.of(address).filter(found -> found.getHost() != null && ServiceAddress.isSecure(found));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }
}
