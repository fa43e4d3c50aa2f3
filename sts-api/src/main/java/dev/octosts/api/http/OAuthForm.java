package dev.octosts.api.http;

import dev.octosts.api.http.OAuthException.OAuthError;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The form that a request to an endpoint of OAuth 2.0 brings. A token in the query is not read: logs have queries. */
final class OAuthForm {

    private final Map<String, List<String>> parameters = new HashMap<>();

    private OAuthForm() {}

    /** Reads the body. */
    static OAuthForm read(ContainerRequestContext request) throws OAuthException {
        if (!ExchangeRequests.contentType(request).equals("application/x-www-form-urlencoded")) {
            throw invalid("send the parameters as application/x-www-form-urlencoded");
        }
        var form = new OAuthForm();
        try {
            UrlEncoded.read(RequestBody.read(request.getEntityStream()), form::add);
        } catch (InvalidRequestException unreadable) {
            throw unreadable(unreadable);
        }
        return form;
    }

    private void add(String name, String value) {
        // RFC 6749, section 3.1: a parameter without a value is taken as one that was not sent.
        if (!value.isEmpty()) {
            parameters.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        }
    }

    /** RFC 6749, section 3.2: a parameter may not be sent more than once, except for these. */
    void refuseRepeated(Set<String> repeatable) throws OAuthException {
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            if (parameter.getValue().size() > 1 && !repeatable.contains(parameter.getKey())) {
                throw invalid("a parameter is sent more than once");
            }
        }
    }

    List<String> all(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    Optional<String> single(String name) {
        return all(name).stream().findFirst();
    }

    String required(String name, String meaning) throws OAuthException {
        return single(name).orElseThrow(() -> invalid(name + " is missing: " + meaning));
    }

    static OAuthException invalid(String description) {
        return new OAuthException(OAuthError.INVALID_REQUEST, description);
    }

    static OAuthException unreadable(InvalidRequestException unreadable) {
        return new OAuthException(OAuthResponses.error(unreadable.problem()), unreadable.problem());
    }
}
