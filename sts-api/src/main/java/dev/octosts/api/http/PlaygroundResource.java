package dev.octosts.api.http;

import dev.octosts.api.PolicyPlayground;
import dev.octosts.api.PublicFiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/**
 * The HTTP resource of the playground: a page to try out policies, and the engine behind it. Every path is 404 when the
 * playground is switched off.
 */
@Path("/playground")
@ApplicationScoped
public class PlaygroundResource {

    private static final String PAGE = "index.html";

    /**
     * The page loads nothing from other origins, sends nothing to them, turns no text into markup, and no site may
     * frame it.
     */
    private static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'");

    private final Map<String, ServedFile> files;
    private final PolicyPlayground playground;
    private final PlaygroundDoor door = new PlaygroundDoor();

    @Inject
    PlaygroundResource(PublicFiles files, PolicyPlayground playground) {
        this.files = ServedFile.all(files.playground(), "");
        this.playground = playground;
    }

    /** For the client proxy of this bean. */
    PlaygroundResource() {
        this.files = Map.of();
        this.playground = input -> {
            throw new IllegalStateException("a client proxy has no playground");
        };
    }

    /** The page. */
    @GET
    public Response page(@Context Request request) {
        return file(PAGE, request);
    }

    /** The resources of the page. */
    @GET
    @Path("{name}")
    public Response part(@PathParam("name") String name, @Context Request request) {
        if (name.equals(PAGE)) {
            throw new NotFoundException(); // one address for the page
        }
        return file(name, request);
    }

    /** All findings about a policy. The input is a JSON object. */
    @POST
    @Path("evaluate")
    public Response evaluate(@Context ContainerRequestContext request) {
        if (files.isEmpty()) {
            throw new NotFoundException();
        }
        try {
            return Responses.of(door.enter(() -> PlaygroundRequests.read(request), playground::evaluate));
        } catch (InvalidRequestException invalid) {
            return Responses.of(invalid);
        }
    }

    private Response file(String name, Request request) {
        ServedFile file = files.get(name);
        if (file == null) {
            throw new NotFoundException();
        }
        return file.answer(request)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache") // may be kept, and is asked for each time
                .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Frame-Options", "DENY")
                .build();
    }
}
