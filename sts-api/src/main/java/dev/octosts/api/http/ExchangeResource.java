package dev.octosts.api.http;

import dev.octosts.api.BearerToken;
import dev.octosts.api.ExchangeRequest;
import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.api.TokenExchange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;

/** The exchange over HTTP: translates, delegates, translates back. */
@Path("/sts")
@ApplicationScoped
public class ExchangeResource {

    private static final Problem NO_AUTHORIZATION =
            new Problem(ProblemCode.UNAUTHENTICATED, "expected exactly one authorization header");
    private static final Problem NO_REFRESH_TOKENS =
            new Problem(ProblemCode.UNIMPLEMENTED, "octo-sts does not support refresh tokens");

    private final TokenExchange exchange;

    @Inject
    ExchangeResource(TokenExchange exchange) {
        this.exchange = exchange;
    }

    /** For the client proxy of this bean. */
    ExchangeResource() {
        this(request -> {
            throw new IllegalStateException("a client proxy has no exchange");
        });
    }

    /** Exchanges the bearer for a GitHub token; the parameters stand in the query. */
    @GET
    @Path("exchange")
    public Response get(@Context ContainerRequestContext request) {
        var parameters = new ExchangeParameters();
        return exchange(request, parameters);
    }

    /** The same, with parameters in the query, in a form or in a JSON object. */
    @POST
    @Path("exchange")
    public Response post(@Context ContainerRequestContext request) {
        var parameters = new ExchangeParameters();
        try {
            // Read by hand: an unknown Content-Type is not an error here, and JAX-RS would make it one.
            String type = contentType(request);
            if (type.equals("application/x-www-form-urlencoded")) {
                parameters.addEncoded(RequestBody.read(request.getEntityStream()));
            } else if (type.equals("application/json")) {
                parameters.addJson(RequestBody.read(request.getEntityStream()));
            }
        } catch (InvalidRequestException invalid) {
            return Answers.of(invalid.problem());
        } catch (RequestBody.TooLargeException tooLarge) {
            return Answers.of(
                    new Problem(ProblemCode.INVALID_ARGUMENT, String.valueOf(tooLarge.getMessage())),
                    Response.Status.REQUEST_ENTITY_TOO_LARGE);
        }
        return exchange(request, parameters);
    }

    /** There are no refresh tokens: a GitHub token lives an hour and is exchanged for anew. */
    @POST
    @Path("exchange_refresh_token")
    public Response refresh() {
        return Answers.of(NO_REFRESH_TOKENS);
    }

    private Response exchange(ContainerRequestContext request, ExchangeParameters parameters) {
        try {
            String query = request.getUriInfo().getRequestUri().getRawQuery();
            if (query != null) {
                parameters.addEncoded(query);
            }
            String scope = parameters.scope();
            String identity = parameters.identity();
            List<String> authorization = request.getHeaders().getOrDefault(HttpHeaders.AUTHORIZATION, List.of());
            if (authorization.size() != 1) {
                return Answers.of(NO_AUTHORIZATION);
            }
            return Answers.of(exchange.exchange(new ExchangeRequest(
                    BearerToken.ofHeader(authorization.getFirst()), scope, identity, userAgent(request))));
        } catch (InvalidRequestException invalid) {
            return Answers.of(invalid.problem());
        }
    }

    private static String userAgent(ContainerRequestContext request) {
        String userAgent = request.getHeaderString(HttpHeaders.USER_AGENT);
        return userAgent == null ? "" : userAgent;
    }

    private static String contentType(ContainerRequestContext request) {
        String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (type == null) {
            return "";
        }
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }
}
