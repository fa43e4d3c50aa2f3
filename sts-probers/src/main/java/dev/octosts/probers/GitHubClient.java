package dev.octosts.probers;

import jakarta.json.JsonObject;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Calls GitHub with a token as a customer does: the few calls that show the permissions of the token. */
public final class GitHubClient {

    private final ServiceAddress gitHub;
    private final Network network;
    private final RetryBudget retries;

    /** @param gitHub the address of GitHub's REST API, such as {@code https://api.github.com} */
    public GitHubClient(ServiceAddress gitHub, Network network, RetryBudget retries) {
        this.gitHub = gitHub;
        this.network = network;
        this.retries = retries;
    }

    /**
     * Reads a resource.
     *
     * @param path begins with a slash and is encoded, query included; {@link #path} makes one
     */
    public GitHubAnswer get(ExchangeAnswer.Token token, String path) throws InterruptedException {
        return send(request(token, path).GET());
    }

    /** Creates a resource. A call that broke may be repeated within the client's retry budget. */
    public GitHubAnswer post(ExchangeAnswer.Token token, String path, JsonObject body) throws InterruptedException {
        return send(request(token, path).POST(BodyPublishers.ofString(body.toString())));
    }

    /** Changes a resource. */
    public GitHubAnswer patch(ExchangeAnswer.Token token, String path, JsonObject body) throws InterruptedException {
        return send(request(token, path).method("PATCH", BodyPublishers.ofString(body.toString())));
    }

    /** The path of these segments, each encoded. */
    public static String path(String... segments) {
        return Stream.of(segments)
                .map(segment ->
                        URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/", "/", ""));
    }

    private HttpRequest.Builder request(ExchangeAnswer.Token token, String path) {
        return network.request(gitHub.resolve(path), token.value())
                .header("Accept", "application/vnd.github+json")
                .header("Content-Type", "application/json");
    }

    private GitHubAnswer send(HttpRequest.Builder request) throws InterruptedException {
        return switch (network.send(request.build(), retries, BoundedBody.Excess.CUT)) {
            case Reply.Failed(var reason, var _) -> new GitHubAnswer.NoAnswer(reason);
            case Reply.Answered answered -> new GitHubAnswer.Answered(answered.status(), answered.body());
        };
    }

    /** The result of a call to GitHub with a token that the service issued. */
    public sealed interface GitHubAnswer {

        /**
         * GitHub answered.
         *
         * @param status the HTTP status
         * @param body the beginning of the body
         */
        record Answered(int status, String body) implements GitHubAnswer {

            /** The body as an object; empty when it is not an object, or was too long. */
            public Optional<JsonObject> json() {
                return JsonObjects.object(body);
            }

            /** Whether the call succeeded. */
            public boolean isSuccess() {
                return status / 100 == 2;
            }

            /**
             * Whether GitHub does not permit the call with this token. A resource that a token may not see is not
             * found.
             */
            public boolean isRefusal() {
                return switch (status) {
                    case HttpURLConnection.HTTP_FORBIDDEN,
                            HttpURLConnection.HTTP_NOT_FOUND,
                            HttpURLConnection.HTTP_GONE -> true;
                    default -> false;
                };
            }

            /** Whether GitHub does not know the token, or does not know it any more. */
            public boolean isUnknownToken() {
                return status == HttpURLConnection.HTTP_UNAUTHORIZED;
            }

            @Override
            public String toString() {
                return "HTTP " + status;
            }
        }

        /**
         * There was no answer.
         *
         * @param reason what happened instead, for people to read
         */
        record NoAnswer(String reason) implements GitHubAnswer {

            @Override
            public String toString() {
                return reason;
            }
        }
    }
}
