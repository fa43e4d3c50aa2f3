package dev.octosts.app.edge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.api.ProblemDetails;
import dev.octosts.api.RequestId;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the answers to requests that reach no resource, in the form of all failures. */
final class EdgeErrors {

    /** The value in seconds when there is no better one. */
    static final Header RETRY_AFTER = HeaderValues.create(HeaderNames.RETRY_AFTER, "2");

    private static final Header PROBLEM_DETAILS =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, ProblemDetails.MEDIA_TYPE);
    private static final Header VARY_BY_ACCEPT = HeaderValues.createCached(HeaderNames.VARY, "Accept");

    private static final Fault NOT_FOUND = new Fault(Status.NOT_FOUND_404, ProblemCode.NOT_FOUND, "Not Found");
    private static final Fault METHOD_NOT_ALLOWED =
            new Fault(Status.METHOD_NOT_ALLOWED_405, ProblemCode.UNIMPLEMENTED, "Method Not Allowed");
    private static final Fault BAD_REQUEST =
            new Fault(Status.BAD_REQUEST_400, ProblemCode.INVALID_ARGUMENT, "Bad Request");
    private static final Fault TOO_LARGE =
            new Fault(Status.REQUEST_ENTITY_TOO_LARGE_413, ProblemCode.INVALID_ARGUMENT, "Request Entity Too Large");
    private static final Fault NOT_GRPC = new Fault(
            Status.UNSUPPORTED_MEDIA_TYPE_415,
            ProblemCode.INVALID_ARGUMENT,
            "Unsupported Media Type: send application/grpc");

    private EdgeErrors() {}

    static void notFound(ServerRequest request, ServerResponse response) {
        NOT_FOUND.send(request, response);
    }

    static void methodNotAllowed(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.ALLOW, "GET, POST");
        METHOD_NOT_ALLOWED.send(request, response);
    }

    static void onlyPost(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.ALLOW, "POST");
        METHOD_NOT_ALLOWED.send(request, response);
    }

    static void badRequest(ServerRequest request, ServerResponse response) {
        BAD_REQUEST.send(request, response);
    }

    static void tooLarge(ServerRequest request, ServerResponse response) {
        TOO_LARGE.send(request, response);
    }

    static void unsupportedMediaType(ServerRequest request, ServerResponse response) {
        NOT_GRPC.send(request, response);
    }

    static void badEscape(ServerRequest request, ServerResponse response, String escape) {
        var shown = escape.replaceAll("[^%A-Za-z0-9]", "?");
        new Fault(Status.BAD_REQUEST_400, ProblemCode.INVALID_ARGUMENT, "invalid URL escape \"" + shown + "\"")
                .send(request, response);
    }

    /** What is wrong with a request, with the body that most clients get. */
    private static final class Fault {

        private final Status status;
        private final Problem problem;
        private final byte[] body;

        Fault(Status status, ProblemCode code, String message) {
            this.status = status;
            this.problem = new Problem(code, message);
            this.body = body(code.number(), message);
        }

        void send(ServerRequest request, ServerResponse response) {
            boolean details = ProblemDetails.areWanted(request.headers().all(HeaderNames.ACCEPT, List::of));
            response.status(status)
                    .header(details ? PROBLEM_DETAILS : HeaderValues.CONTENT_TYPE_JSON)
                    .header(VARY_BY_ACCEPT);
            if (request.prologue().method().equals(Method.HEAD)) {
                response.send(); // Helidon would send the body, and the client would take it for the next answer
            } else {
                response.send(details ? details() : body);
            }
        }

        private byte[] details() {
            var object = JsonNodeFactory.instance.objectNode();
            ProblemDetails.of(problem, status.code(), RequestId.current()).forEach(object::putPOJO);
            return object.toString().getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** The body of a failure; the message is in ASCII. */
    static byte[] body(int code, String message) {
        var failure = JsonNodeFactory.instance.objectNode().put("code", code).put("message", message);
        failure.putArray("details");
        return failure.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
