package dev.octosts.api.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/**
 * Treats an invalid content type as no content type. Otherwise JAX-RS would refuse the request with a response that is
 * not JSON, before a resource sees the request.
 */
@Provider
@PreMatching
@ApplicationScoped
public class LenientContentTypeFilter implements ContainerRequestFilter {

    /** For CDI. */
    LenientContentTypeFilter() {}

    @Override
    public void filter(ContainerRequestContext request) {
        String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (type != null && !isSound(type)) {
            request.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
        }
    }

    private static boolean isSound(String type) {
        try {
            MediaType.valueOf(type);
            return true;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}
