package dev.octosts.api.http;

import dev.octosts.api.PublicFiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** The HTTP resource for the files that all pages share. */
@Path("/pages")
@ApplicationScoped
public class PageResource {

    private final Map<String, ServedFile> files;

    @Inject
    PageResource(PublicFiles files) {
        this.files = ServedFile.all(files.pages(), "");
    }

    /** For the client proxy of this bean. */
    PageResource() {
        this.files = Map.of();
    }

    /** A file by its name, such as {@code page.css}. */
    @GET
    @Path("{name}")
    public Response file(@PathParam("name") String name, @Context Request request) {
        ServedFile file = files.get(name);
        if (file == null || name.equals(RootResource.PAGE)) { // one address for the page
            throw new NotFoundException();
        }
        return Pages.answer(file, request).build();
    }
}
