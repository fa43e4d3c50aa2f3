package dev.octosts.api.http;

import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.api.budget.NoRoomException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the errors that JAX-RS raises itself, and faults of this service, the same shape as every other error. */
@Provider
@ApplicationScoped
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);

    /** For CDI. */
    public ProblemMapper() {}

    @Override
    public Response toResponse(Throwable failure) {
        if (failure instanceof WebApplicationException raised) {
            return raised(raised);
        }
        if (failure instanceof NoRoomException full) {
            return Responses.of(
                    new Problem(ProblemCode.UNAVAILABLE, "too many slow callers; try again later", full.retryAfter()));
        }
        LOG.error("an exchange failed by a fault of this service", failure);
        return Responses.of(new Problem(ProblemCode.INTERNAL, "internal error"));
    }

    private static Response raised(WebApplicationException raised) {
        Response.StatusType status = raised.getResponse().getStatusInfo();
        Response answer = Responses.of(new Problem(code(status), status.getReasonPhrase()), status);
        if (!(raised instanceof NotAllowedException)) {
            return answer;
        }
        return Response.fromResponse(answer)
                .header(HttpHeaders.ALLOW, raised.getResponse().getHeaderString(HttpHeaders.ALLOW))
                .build();
    }

    private static ProblemCode code(Response.StatusType status) {
        return switch (Status.fromStatusCode(status.getStatusCode())) {
            case UNAUTHORIZED -> ProblemCode.UNAUTHENTICATED;
            case FORBIDDEN -> ProblemCode.PERMISSION_DENIED;
            case NOT_FOUND -> ProblemCode.NOT_FOUND;
            case METHOD_NOT_ALLOWED -> ProblemCode.UNIMPLEMENTED;
            case null, default ->
                status.getFamily() == Status.Family.CLIENT_ERROR ? ProblemCode.INVALID_ARGUMENT : ProblemCode.INTERNAL;
        };
    }
}
