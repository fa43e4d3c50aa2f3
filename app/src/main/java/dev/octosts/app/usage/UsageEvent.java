package dev.octosts.app.usage;

import java.time.Instant;

/**
 * One event of GitHub's audit log, as far as it matters here. Its texts are bounded and have no control characters.
 *
 * @param id GitHub's id of the event, or a digest of the event when it has none
 * @param at when it happened
 * @param token the SHA-256 of the token that was used, in lower-case hexadecimal; empty when none was
 * @param run the workflow run that ended; empty for all other events
 * @param action GitHub's name of the event, such as {@code api.request}
 * @param owner the organization, in lower case; empty when the event names none
 * @param repository the bare name, in lower case; empty when the event names none
 * @param request the request to the API; {@link ApiRequest#NONE} for all other events
 * @param place where the caller was: a country, or a network; empty when GitHub does not say
 */
public record UsageEvent(
        String id,
        Instant at,
        String token,
        String run,
        String action,
        String owner,
        String repository,
        ApiRequest request,
        String place) {

    /** A request to the REST or GraphQL API. Only streams have these events, and only where they are switched on. */
    public static final String API_REQUEST = "api.request";

    /** A workflow run ended. */
    public static final String RUN_ENDED = "workflows.completed_workflow_run";

    /**
     * A request to GitHub's API.
     *
     * @param method in capitals
     * @param path without a query
     * @param status 0 when GitHub does not say
     */
    public record ApiRequest(String method, String path, int status) {

        /** No request. */
        public static final ApiRequest NONE = new ApiRequest("", "", 0);

        /** Whether GitHub's answer is known, and no success. */
        public boolean isRefused() {
            return status >= 400;
        }

        /** The request with GitHub's answer, as far as that is known. */
        public String words() {
            return method + " " + path + (status == 0 ? "" : ": " + status);
        }
    }

    /** Whether it can say something about a token. All other events only show that the log is known. */
    boolean isKept() {
        return !token.isEmpty() || !run.isEmpty();
    }
}
