package dev.octosts.api.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * {@link TokenResource} at an address below {@code /sts}. It is a class of its own because JAX-RS looks for a method in
 * the class with the longest matching path only, and that would be {@link StsGrantedTokensResource}.
 */
@Path("/sts/token")
@ApplicationScoped
public class StsTokenResource {

    private final @Nullable TokenResource token;

    @Inject
    StsTokenResource(TokenResource token) {
        this.token = token;
    }

    /** For the client proxy of this bean. */
    StsTokenResource() {
        this.token = null;
    }

    /** Exchanges the subject token for a GitHub token. */
    @POST
    public Response token(@Context ContainerRequestContext request) {
        if (token == null) {
            throw new IllegalStateException("a client proxy has no exchange");
        }
        return token.token(request);
    }
}
