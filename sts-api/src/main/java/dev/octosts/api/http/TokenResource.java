package dev.octosts.api.http;

import dev.octosts.api.ExchangeResult;
import dev.octosts.api.ServiceAddresses;
import dev.octosts.api.TokenExchange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Clock;

/**
 * The exchange as OAuth 2.0 Token Exchange. The steps are those of {@link ExchangeResource}; request and response have
 * the form that clients of the standard know.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8693">RFC 8693</a>
 */
@Path("/token")
@ApplicationScoped
public class TokenResource {

    private final TokenExchange exchange;
    private final ServiceAddresses addresses;

    @Inject
    TokenResource(TokenExchange exchange, ServiceAddresses addresses) {
        this.exchange = exchange;
        this.addresses = addresses;
    }

    /** For the client proxy of this bean. */
    TokenResource() {
        this(
                request -> {
                    throw new IllegalStateException("a client proxy has no exchange");
                },
                new ServiceAddresses("", ""));
    }

    /** Exchanges the subject token for a GitHub token. */
    @POST
    public Response token(@Context ContainerRequestContext request) {
        return exchanged(request);
    }

    private Response exchanged(ContainerRequestContext request) {
        try {
            return switch (exchange.exchange(TokenExchangeForm.read(request, addresses.gitHubHost()))) {
                case ExchangeResult.Granted granted -> OAuthResponses.of(granted, Clock.systemUTC());
                case ExchangeResult.Refused(var problem) -> OAuthResponses.of(problem);
            };
        } catch (OAuthException refused) {
            return OAuthResponses.of(refused);
        }
    }
}
