package dev.octosts.app.edge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;

/** Writes the answers to requests that reach no resource, in the form of all failures. */
final class EdgeErrors {

    /** The value in seconds when there is no better one. */
    static final Header RETRY_AFTER = HeaderValues.create(HeaderNames.RETRY_AFTER, "2");

    private static final byte[] NOT_FOUND = body(5, "Not Found");
    private static final byte[] METHOD_NOT_ALLOWED = body(12, "Method Not Allowed");
    private static final byte[] BAD_REQUEST = body(3, "Bad Request");
    private static final byte[] TOO_LARGE = body(3, "Request Entity Too Large");
    private static final byte[] NOT_GRPC = body(3, "Unsupported Media Type: send application/grpc");

    private EdgeErrors() {}

    static void notFound(ServerRequest request, ServerResponse response) {
        send(request, response, Status.NOT_FOUND_404, NOT_FOUND);
    }

    static void methodNotAllowed(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.ALLOW, "GET, POST");
        send(request, response, Status.METHOD_NOT_ALLOWED_405, METHOD_NOT_ALLOWED);
    }

    static void onlyPost(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.ALLOW, "POST");
        send(request, response, Status.METHOD_NOT_ALLOWED_405, METHOD_NOT_ALLOWED);
    }

    static void badRequest(ServerRequest request, ServerResponse response) {
        send(request, response, Status.BAD_REQUEST_400, BAD_REQUEST);
    }

    static void tooLarge(ServerRequest request, ServerResponse response) {
        send(request, response, Status.REQUEST_ENTITY_TOO_LARGE_413, TOO_LARGE);
    }

    static void unsupportedMediaType(ServerRequest request, ServerResponse response) {
        send(request, response, Status.UNSUPPORTED_MEDIA_TYPE_415, NOT_GRPC);
    }

    static void badEscape(ServerRequest request, ServerResponse response, String escape) {
        var shown = escape.replaceAll("[^%A-Za-z0-9]", "?");
        send(request, response, Status.BAD_REQUEST_400, body(3, "invalid URL escape \"" + shown + "\""));
    }

    private static void send(ServerRequest request, ServerResponse response, Status status, byte[] body) {
        response.status(status).header(HeaderValues.CONTENT_TYPE_JSON);
        if (request.prologue().method().equals(Method.HEAD)) {
            response.send(); // Helidon would send the body, and the client would take it for the next answer
        } else {
            response.send(body);
        }
    }

    /** The body of a failure; the message is in ASCII. */
    static byte[] body(int code, String message) {
        var failure = JsonNodeFactory.instance.objectNode().put("code", code).put("message", message);
        failure.putArray("details");
        return failure.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
