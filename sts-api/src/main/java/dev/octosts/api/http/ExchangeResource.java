package dev.octosts.api.http;

import dev.octosts.api.TokenExchange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/**
 * The HTTP resource of the exchange. It reads the request, calls the port and writes the response. JAX-RS tries the
 * paths of classes one by one, the longest first; so that its path is long, it is whole here.
 */
@Path("/sts/exchange")
@ApplicationScoped
public class ExchangeResource {

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
    public Response get(@Context ContainerRequestContext request) {
        return exchange(request);
    }

    /** The same, with parameters in the query, in a form or in a JSON object. */
    @POST
    public Response post(@Context ContainerRequestContext request) {
        return exchange(request);
    }

    private Response exchange(ContainerRequestContext request) {
        try {
            return Responses.of(exchange.exchange(ExchangeRequests.read(request)));
        } catch (InvalidRequestException invalid) {
            return Responses.of(invalid);
        }
    }
}
