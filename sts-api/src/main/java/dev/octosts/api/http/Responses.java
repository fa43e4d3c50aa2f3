package dev.octosts.api.http;

import dev.octosts.api.DeliveryResult;
import dev.octosts.api.ErrorResponse;
import dev.octosts.api.ExchangeResult;
import dev.octosts.api.ExplanationResult;
import dev.octosts.api.InstallationToken;
import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import jakarta.json.Json;
import jakarta.json.stream.JsonGeneratorFactory;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns results into HTTP responses. This is the only place where a problem gets its HTTP status. */
final class Responses {

    /** What the token can do. */
    private static final String PERMISSIONS = "Octo-STS-Permissions";

    /** The static methods of {@link Json} look the provider up at every call. */
    private static final JsonGeneratorFactory GENERATORS = Json.createGeneratorFactory(Map.of());

    private static final String NO_STORE = "no-store";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private Responses() {}

    static Response of(ExchangeResult result) {
        return switch (result) {
            case ExchangeResult.Granted granted -> granted(granted);
            case ExchangeResult.Refused(var problem) -> of(problem);
        };
    }

    static Response of(ExplanationResult answer) {
        return switch (answer) {
            case ExplanationResult.Told(var facts) -> ok(facts);
            case ExplanationResult.Refused(var problem) -> of(problem);
        };
    }

    static Response of(DeliveryResult receipt) {
        return switch (receipt) {
            case DeliveryResult.Done(var message) -> said(Status.OK, message);
            case DeliveryResult.Accepted(var message) -> said(Status.ACCEPTED, message);
            case DeliveryResult.Refused(var problem) -> of(problem);
        };
    }

    private static Response said(Status status, String message) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .entity(Map.of("msg", message))
                .build();
    }

    static Response of(InvalidRequestException invalid) {
        return invalid instanceof InvalidRequestException.TooLarge
                ? of(invalid.problem(), Status.REQUEST_ENTITY_TOO_LARGE)
                : of(invalid.problem());
    }

    static Response of(Problem problem) {
        return of(problem, status(problem.code()));
    }

    static Response of(Problem problem, Response.StatusType status) {
        var body = new ErrorResponse(problem.code().number(), problem.message(), List.of());
        var answer = Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .entity(new Failure(problem, body, Map.of()));
        addRetryAfter(answer, problem, status);
        return answer.build();
    }

    static void addRetryAfter(Response.ResponseBuilder answer, Problem problem, Response.StatusType status) {
        Duration retryAfter = problem.retryAfter().isPositive() ? problem.retryAfter() : retryAfter(status);
        if (retryAfter.isPositive()) {
            // RFC 9110, section 10.2.3: whole seconds, rounded up.
            answer.header(
                    HttpHeaders.RETRY_AFTER, retryAfter.plusNanos(999_999_999).toSeconds());
        }
    }

    /** For problems that say nothing themselves, but whose status asks for another attempt. */
    private static Duration retryAfter(Response.StatusType status) {
        return switch (Status.fromStatusCode(status.getStatusCode())) {
            case SERVICE_UNAVAILABLE, TOO_MANY_REQUESTS -> RETRY_AFTER;
            case null, default -> Duration.ZERO;
        };
    }

    private static Response granted(ExchangeResult.Granted granted) {
        return Response.ok(json(granted.token()), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .header(PERMISSIONS, permissions(granted.permissions()))
                .build();
    }

    /** Written here, because JSON-B costs more than all the rest of this answer. */
    private static byte[] json(InstallationToken token) {
        var body = new StringWriter(256);
        try (var json = GENERATORS.createGenerator(body)) {
            // A fourth field would break clients that read the answer strictly. There are no refresh tokens.
            json.writeStartObject()
                    .write("expiry", token.expiresAt().toString())
                    .write("refreshToken", "")
                    .write("token", token.value())
                    .writeEnd();
        }
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The form of the parameter {@code permissions}: {@code contents=read,issues=write}. */
    private static String permissions(Map<String, String> permissions) {
        var sorted = new ArrayList<String>(permissions.size());
        permissions.forEach((name, level) -> sorted.add(name + "=" + level));
        sorted.sort(null);
        return String.join(",", sorted);
    }

    private static Response ok(Object entity) {
        return Response.ok(entity, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .build();
    }

    static Status status(ProblemCode code) {
        return switch (code) {
            case INVALID_ARGUMENT, FAILED_PRECONDITION -> Status.BAD_REQUEST;
            case DEADLINE_EXCEEDED -> Status.GATEWAY_TIMEOUT;
            case NOT_FOUND -> Status.NOT_FOUND;
            case PERMISSION_DENIED -> Status.FORBIDDEN;
            case RESOURCE_EXHAUSTED -> Status.TOO_MANY_REQUESTS;
            case UNIMPLEMENTED -> Status.NOT_IMPLEMENTED;
            case INTERNAL -> Status.INTERNAL_SERVER_ERROR;
            case UNAVAILABLE -> Status.SERVICE_UNAVAILABLE;
            case UNAUTHENTICATED -> Status.UNAUTHORIZED;
        };
    }
}
