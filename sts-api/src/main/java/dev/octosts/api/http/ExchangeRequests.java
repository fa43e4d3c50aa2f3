package dev.octosts.api.http;

import dev.octosts.api.BearerToken;
import dev.octosts.api.ExchangeRequest;
import dev.octosts.api.RequestId;
import dev.octosts.api.RequestedGrant;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Locale;

/** Reads the request of an exchange from HTTP: the parameters of query and body, and the bearer. */
final class ExchangeRequests {

    private ExchangeRequests() {}

    /** Reads a request; only a POST has a body. */
    static ExchangeRequest read(ContainerRequestContext request) throws InvalidRequestException {
        var parameters = new ExchangeParameters();
        if (request.getMethod().equals(HttpMethod.POST)) {
            addBody(request, parameters);
        }
        String query = request.getUriInfo().getRequestUri().getRawQuery();
        if (query != null) {
            parameters.addEncoded(query);
        }
        String scope = parameters.scope();
        String identity = parameters.identity();
        RequestedGrant subset = parameters.subset();
        List<String> authorization = request.getHeaders().getOrDefault(HttpHeaders.AUTHORIZATION, List.of());
        return new ExchangeRequest(
                BearerToken.ofHeaders(authorization),
                scope,
                identity,
                subset,
                userAgent(request),
                RequestId.current().value());
    }

    /** By hand: an unknown Content-Type is not an error here, and JAX-RS would make it one. */
    private static void addBody(ContainerRequestContext request, ExchangeParameters parameters)
            throws InvalidRequestException {
        String type = contentType(request);
        if (type.equals("application/x-www-form-urlencoded")) {
            parameters.addEncoded(RequestBody.read(request.getEntityStream()));
        } else if (type.equals("application/json")) {
            parameters.addJson(RequestBody.read(request.getEntityStream()));
        }
    }

    private static String userAgent(ContainerRequestContext request) {
        String userAgent = request.getHeaderString(HttpHeaders.USER_AGENT);
        return userAgent == null ? "" : userAgent;
    }

    /** The type of the body without its parameters, in lower case; empty when there is none. */
    static String contentType(ContainerRequestContext request) {
        String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (type == null) {
            return "";
        }
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }
}
