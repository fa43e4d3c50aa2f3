package dev.octosts.api.http;

import dev.octosts.api.ExchangeResult;
import dev.octosts.api.GrantedTokens;
import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.api.http.OAuthException.OAuthError;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes the answers of the endpoints of OAuth 2.0.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8693#section-2.2">RFC 8693, section 2.2</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662#section-2.2">RFC 7662, section 2.2</a>
 */
final class OAuthResponses {

    private OAuthResponses() {}

    static Response of(ExchangeResult.Granted granted, Clock clock) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("access_token", granted.token().value());
        answer.put("issued_token_type", TokenExchangeForm.ACCESS_TOKEN);
        answer.put("token_type", "Bearer");
        long seconds =
                Duration.between(clock.instant(), granted.token().expiresAt()).toSeconds();
        answer.put("expires_in", Math.max(0, seconds));
        answer.put("scope", scope(granted.permissions()));
        return json(Response.ok(), answer).build();
    }

    /** RFC 7009, section 2.2: the status says all. */
    static Response revoked() {
        return notStored(Response.ok()).build();
    }

    static Response inactive() {
        return json(Response.ok(), Map.of("active", false)).build();
    }

    /** @param issuer the name of this service as a server of OAuth */
    static Response of(GrantedTokens.Facts facts, String issuer) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("active", true);
        answer.put("scope", scope(facts.permissions()));
        answer.put("token_type", "Bearer");
        answer.put("iat", facts.issuedAt().getEpochSecond());
        answer.put("exp", facts.expiresAt().getEpochSecond());
        answer.put("iss", issuer);
        answer.put("sub", facts.subject());
        answer.put("aud", facts.scope());
        // The standard has no names for these.
        answer.put("subject_issuer", facts.issuer());
        answer.put("identity", facts.identity());
        answer.put("permissions", new TreeMap<>(facts.permissions()));
        answer.put("repositories", facts.repositories());
        return json(Response.ok(), answer).build();
    }

    /** RFC 6749, section 3.3: names that are separated by blanks. */
    private static String scope(Map<String, String> permissions) {
        return new TreeMap<>(permissions)
                .entrySet().stream()
                        .map(permission -> permission.getKey() + ":" + permission.getValue())
                        .collect(Collectors.joining(" "));
    }

    static Response of(Problem problem) {
        return of(error(problem), problem);
    }

    /** RFC 7662, section 2.3: a caller that does not prove who it is gets 401, unlike at the token endpoint. */
    static Response ofIntrospection(Problem problem) {
        return problem.code() == ProblemCode.UNAUTHENTICATED ? of(OAuthError.INVALID_TOKEN, problem) : of(problem);
    }

    static Response of(OAuthException refused) {
        return of(refused.error(), refused.problem());
    }

    private static Response of(OAuthError error, Problem problem) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("error", error.name().toLowerCase(Locale.ROOT));
        answer.put("error_description", description(problem.message()));
        var response = json(Response.status(status(error, problem)), new Failure(problem, answer, answer));
        Responses.addRetryAfter(response, problem, status(error, problem));
        return response.build();
    }

    /**
     * RFC 8693, section 2.2.2: a token that is invalid, or that a policy does not accept, is an invalid request; a
     * target for which no token can be issued is an invalid target.
     */
    static OAuthError error(Problem problem) {
        return switch (problem.code()) {
            case INVALID_ARGUMENT, UNAUTHENTICATED, PERMISSION_DENIED, UNIMPLEMENTED -> OAuthError.INVALID_REQUEST;
            case NOT_FOUND, FAILED_PRECONDITION -> OAuthError.INVALID_TARGET;
            case RESOURCE_EXHAUSTED, UNAVAILABLE, DEADLINE_EXCEEDED -> OAuthError.TEMPORARILY_UNAVAILABLE;
            case INTERNAL -> OAuthError.SERVER_ERROR;
        };
    }

    /** RFC 6749, section 5.2: 400, except for faults of others, and for a bearer that is not valid. */
    private static Response.StatusType status(OAuthError error, Problem problem) {
        return switch (error) {
            case TEMPORARILY_UNAVAILABLE, SERVER_ERROR -> Responses.status(problem.code());
            case INVALID_TOKEN -> Response.Status.UNAUTHORIZED;
            case INVALID_REQUEST, INVALID_TARGET, UNSUPPORTED_GRANT_TYPE -> Response.Status.BAD_REQUEST;
        };
    }

    private static Response.ResponseBuilder json(Response.ResponseBuilder response, Object entity) {
        return notStored(response).type(MediaType.APPLICATION_JSON_TYPE).entity(entity);
    }

    /** RFC 6749, section 5.1. */
    private static Response.ResponseBuilder notStored(Response.ResponseBuilder response) {
        return response.header(HttpHeaders.CACHE_CONTROL, "no-store").header("Pragma", "no-cache");
    }

    /** RFC 6749, section 5.2: printable ASCII without quotation marks and backslashes. */
    static String description(String message) {
        var allowed = new StringBuilder(message.length());
        message.codePoints().forEach(character -> {
            if (character == '"') {
                allowed.append('\'');
            } else if (character == '\\') {
                allowed.append('/');
            } else {
                allowed.append(character >= ' ' && character <= '~' ? (char) character : '?');
            }
        });
        return allowed.toString();
    }
}
