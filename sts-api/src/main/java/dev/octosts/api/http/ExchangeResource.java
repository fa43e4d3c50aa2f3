package dev.octosts.api.http;

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
import jakarta.ws.rs.core.Response;

/** The HTTP resource of the exchange. It reads the request, calls the port and writes the response. */
@Path("/sts")
@ApplicationScoped
public class ExchangeResource {

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

    /** Exchanges the bearer for a GitHub token. The parameters are in the query. */
    @GET
    @Path("exchange")
    public Response get(@Context ContainerRequestContext request) {
        return exchange(request);
    }

    /** The same, with parameters in the query, in a form or in a JSON object. */
    @POST
    @Path("exchange")
    public Response post(@Context ContainerRequestContext request) {
        return exchange(request);
    }

    /** There are no refresh tokens: a GitHub token is valid for an hour, then the caller exchanges again. */
    @POST
    @Path("exchange_refresh_token")
    public Response refresh() {
        return Responses.of(NO_REFRESH_TOKENS);
    }

    private Response exchange(ContainerRequestContext request) {
        try {
            return Responses.of(exchange.exchange(ExchangeRequests.read(request)));
        } catch (InvalidRequestException invalid) {
            return Responses.of(invalid);
        }
    }
}
