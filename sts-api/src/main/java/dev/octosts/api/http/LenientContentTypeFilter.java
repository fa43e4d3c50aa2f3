package dev.octosts.api.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/**
 * Treats an invalid content type as no content type, and an {@code Accept} that cannot be read as none. Otherwise
 * JAX-RS would refuse the request before a resource sees it.
 */
@Provider
@PreMatching
@ApplicationScoped
public class LenientContentTypeFilter implements ContainerRequestFilter {

    /** What nearly all clients accept; to read it would take longer. */
    private static final Set<String> USUAL = Set.of(MediaType.WILDCARD, MediaType.APPLICATION_JSON);

    /** For CDI. */
    LenientContentTypeFilter() {}

    @Override
    public void filter(ContainerRequestContext request) {
        String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (type != null && !isSound(type)) {
            request.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
        }
        if (!acceptsSoundTypes(request)) {
            request.getHeaders().remove(HttpHeaders.ACCEPT);
        }
    }

    private static boolean acceptsSoundTypes(ContainerRequestContext request) {
        String accept = request.getHeaderString(HttpHeaders.ACCEPT);
        if (accept == null || USUAL.contains(accept)) {
            return true;
        }
        try {
            var _ = request.getAcceptableMediaTypes();
            return true;
        } catch (RuntimeException malformed) {
            // JAX-RS names no type for this.
            return false;
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
