package dev.octosts.api.http;

import dev.octosts.api.Problem;
import dev.octosts.api.ProblemDetails;
import dev.octosts.api.RequestId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.util.List;

/**
 * Completes failures by what the request says: problem details for clients that accept them, and the challenge for
 * callers who need a token, or another one.
 */
@Provider
@ApplicationScoped
public class FailureForm implements ContainerResponseFilter {

    private static final Annotation[] NO_ANNOTATIONS = {};
    private static final MediaType DETAILS = new MediaType("application", "problem+json");
    private static final String CHALLENGE = "Bearer realm=\"octo-sts\"";

    /** Characters of a description in the challenge. The body has all of it. */
    private static final int LONGEST_DESCRIPTION = 200;

    /** For CDI. */
    FailureForm() {}

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(response.getEntity() instanceof Failure failure)) {
            return;
        }
        var headers = response.getHeaders();
        headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        Status status = Status.fromStatusCode(response.getStatus());
        if (status == Status.UNAUTHORIZED || status == Status.FORBIDDEN) {
            boolean sent = request.getHeaders().containsKey(HttpHeaders.AUTHORIZATION);
            headers.putSingle(HttpHeaders.WWW_AUTHENTICATE, challenge(status, failure.problem(), sent));
        }
        if (ProblemDetails.areWanted(request.getHeaders().getOrDefault(HttpHeaders.ACCEPT, List.of()))) {
            var details = ProblemDetails.of(failure.problem(), response.getStatus(), RequestId.current());
            details.putAll(failure.further());
            response.setEntity(details, NO_ANNOTATIONS, DETAILS);
        } else {
            response.setEntity(failure.body());
        }
    }

    /**
     * RFC 6750, section 3: what is wrong with the token. A request without a token gets the scheme alone (section 3.1).
     *
     * @param sent whether the request has a token
     */
    static String challenge(Status status, Problem problem, boolean sent) {
        if (status == Status.UNAUTHORIZED && !sent) {
            return CHALLENGE;
        }
        String error = status == Status.UNAUTHORIZED ? "invalid_token" : "insufficient_scope";
        String description = OAuthResponses.description(problem.message());
        if (description.length() > LONGEST_DESCRIPTION) {
            description = description.substring(0, LONGEST_DESCRIPTION - 3) + "...";
        }
        return CHALLENGE + ", error=\"" + error + "\", error_description=\"" + description + "\"";
    }
}
