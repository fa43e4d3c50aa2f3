package dev.octosts.api.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** The HTTP resource at the root, for users and probes that only check whether the service is there. */
@Path("/")
@ApplicationScoped
public class RootResource {

    private static final String DOCUMENTATION = "https://github.com/octo-sts/octo-sts-java/blob/main/docs/README.md";

    /** For CDI. */
    public RootResource() {}

    /** Points to the documentation. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, String> root() {
        return Map.of("msg", "please check documentation for usage: " + DOCUMENTATION);
    }

    /** 200 as long as the process serves; what deployments of the reference probe. */
    @GET
    @Path("healthcheck")
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, String> healthcheck() {
        return Map.of("msg", "ok");
    }
}
