package dev.octosts.api.http;

import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/**
 * Refuses to refresh: there are no refresh tokens. A GitHub token is valid for an hour, then the caller exchanges
 * again.
 */
@Path("/sts/exchange_refresh_token")
@ApplicationScoped
public class RefreshTokenResource {

    private static final Problem NO_REFRESH_TOKENS =
            new Problem(ProblemCode.UNIMPLEMENTED, "octo-sts does not support refresh tokens");

    /** For CDI. */
    RefreshTokenResource() {}

    /** Refuses, as the method with this name of the reference does. */
    @POST
    public Response refresh() {
        return Responses.of(NO_REFRESH_TOKENS);
    }
}
