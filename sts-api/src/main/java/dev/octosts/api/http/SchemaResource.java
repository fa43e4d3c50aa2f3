package dev.octosts.api.http;

import dev.octosts.api.PublicFiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** The HTTP resource for the JSON Schemas of policy files, so that editors anywhere can load them. */
@Path("/schemas")
@ApplicationScoped
public class SchemaResource {

    private final Map<String, ServedFile> schemas;

    @Inject
    SchemaResource(PublicFiles files) {
        this.schemas = ServedFile.all(files.schemas(), "application/schema+json");
    }

    /** For the client proxy of this bean. */
    SchemaResource() {
        this.schemas = Map.of();
    }

    /** A schema by its file name, such as {@code trust-policy.json}. */
    @GET
    @Path("{name}")
    public Response schema(@PathParam("name") String name, @Context Request request) {
        ServedFile schema = schemas.get(name);
        if (schema == null) {
            throw new NotFoundException();
        }
        return schema.answer(request)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=3600")
                .header("Access-Control-Allow-Origin", "*") // editors in browsers
                .build();
    }
}
