package dev.octosts.api.http;

import dev.octosts.api.PublicFiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;

/** The HTTP resource at the root, for users and probes that only check whether the service is there. */
@Path("/")
@ApplicationScoped
public class RootResource {

    static final String PAGE = "index.html";

    private static final String DOCUMENTATION = "https://github.com/octo-sts/octo-sts-java/blob/main/docs/README.md";

    private final Optional<ServedFile> page;

    @Inject
    RootResource(PublicFiles files) {
        this.page = Optional.ofNullable(ServedFile.all(files.pages(), "").get(PAGE));
    }

    /** For the client proxy of this bean. */
    RootResource() {
        this.page = Optional.empty();
    }

    /** Points to the documentation: a page for browsers, JSON for everybody else, whatever they accept. */
    @GET
    public Response root(@Context HttpHeaders headers, @Context Request request) {
        Response.ResponseBuilder answer = page.filter(_ -> Pages.areWanted(headers.getAcceptableMediaTypes()))
                .map(file -> Pages.answer(file, request))
                .orElseGet(() -> Response.ok(Map.of("msg", "please check documentation for usage: " + DOCUMENTATION))
                        .type(MediaType.APPLICATION_JSON_TYPE));
        return answer.header(HttpHeaders.VARY, HttpHeaders.ACCEPT).build();
    }

    /** 200 as long as the process serves; what deployments of the reference probe. */
    @GET
    @Path("healthcheck")
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, String> healthcheck() {
        return Map.of("msg", "ok");
    }
}
