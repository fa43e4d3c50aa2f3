package dev.octosts.api.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** {@link GrantedTokensResource} at addresses below {@code /sts}, where balancers publish nothing else. */
@Path("/sts")
@ApplicationScoped
public class StsGrantedTokensResource {

    private final @Nullable GrantedTokensResource tokens;

    @Inject
    StsGrantedTokensResource(GrantedTokensResource tokens) {
        this.tokens = tokens;
    }

    /** For the client proxy of this bean. */
    StsGrantedTokensResource() {
        this.tokens = null;
    }

    /** Ends a token. */
    @POST
    @Path("revoke")
    public Response revoke(@Context ContainerRequestContext request) {
        return tokens().revoke(request);
    }

    /** Says whether a token is valid, and what it can do. */
    @POST
    @Path("introspect")
    public Response introspect(@Context ContainerRequestContext request) {
        return tokens().introspect(request);
    }

    private GrantedTokensResource tokens() {
        if (tokens == null) {
            throw new IllegalStateException("a client proxy has no tokens");
        }
        return tokens;
    }
}
