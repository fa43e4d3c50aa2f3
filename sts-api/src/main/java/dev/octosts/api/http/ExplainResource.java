package dev.octosts.api.http;

import dev.octosts.api.PolicyExplainer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** The HTTP resource that explains how an exchange would end, for the same request. */
@Path("/sts/explain")
@ApplicationScoped
public class ExplainResource {

    private final PolicyExplainer explainer;

    @Inject
    ExplainResource(PolicyExplainer explainer) {
        this.explainer = explainer;
    }

    /** For the client proxy of this bean. */
    ExplainResource() {
        this(request -> {
            throw new IllegalStateException("a client proxy has no explainer");
        });
    }

    /** Why the bearer would get a GitHub token, or none. The parameters are in the query. */
    @GET
    public Response get(@Context ContainerRequestContext request) {
        return explain(request);
    }

    /** The same, with parameters in the query, in a form or in a JSON object. */
    @POST
    public Response post(@Context ContainerRequestContext request) {
        return explain(request);
    }

    private Response explain(ContainerRequestContext request) {
        try {
            return Responses.of(explainer.explain(ExchangeRequests.read(request)));
        } catch (InvalidRequestException invalid) {
            return Responses.of(invalid);
        }
    }
}
