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
        return Pages.answer(file, request).build();
    }
}
