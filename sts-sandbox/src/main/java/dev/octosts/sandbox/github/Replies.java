package dev.octosts.sandbox.github;

import dev.octosts.sandbox.http.Reply;
import jakarta.json.JsonValue;

/** Error replies, in GitHub's words. */
final class Replies {
    static final String NO_SUCH_REPOSITORY =
            "There is at least one repository that does not exist or is not accessible to the parent installation.";
    static final String NOT_GRANTED = "The permissions requested are not granted to this installation.";

    private static final String DOCS = "https://docs.github.com/rest";

    private Replies() {}

    static Reply message(int status, String message) {
        return message(status, message, DOCS);
    }

    private static Reply message(int status, String message, String documentation) {
        return Reply.json(
                status,
                Json.object()
                        .add("message", message)
                        .add("documentation_url", documentation)
                        .add("status", Integer.toString(status))
                        .build());
    }

    /** A page of a list, with links to its neighbours when there are any. */
    static Reply page(JsonValue json, String links) {
        var reply = Reply.json(200, json);
        return links.isEmpty() ? reply : reply.with("Link", links);
    }

    /** The state of the limit; the question itself is not counted. */
    static Reply rateLimit(RateLimit limit) {
        var core = Json.object().add("remaining", limit.remaining());
        return Reply.json(
                200,
                Json.object().add("resources", Json.object().add("core", core)).build());
    }

    static Reply notFound() {
        return message(404, "Not Found");
    }

    static Reply unauthorized(String message) {
        return message(401, message);
    }

    static Reply badCredentials() {
        return unauthorized("Bad credentials");
    }

    static Reply notAnApp() {
        return unauthorized("A JSON web token could not be decoded");
    }

    static Reply forbidden() {
        return message(403, "Resource not accessible by integration");
    }

    static Reply suspended() {
        return message(403, "This installation has been suspended");
    }

    static Reply unprocessable(String message) {
        return message(422, message);
    }

    static Reply primaryLimit(int status) {
        return message(
                status,
                "API rate limit exceeded for installation.",
                "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api");
    }

    static Reply secondaryLimit() {
        return message(
                403,
                "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
                "https://docs.github.com/free-pro-team@latest/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits");
    }
}
