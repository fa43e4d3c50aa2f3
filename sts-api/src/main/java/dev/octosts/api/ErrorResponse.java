package dev.octosts.api;

import java.util.List;

/**
 * The body of every error response: a gRPC status as JSON.
 *
 * @param code the number of the gRPC status
 * @param message one sentence for the caller
 * @param details always empty; clients of gRPC gateways expect the field
 * @see <a href="https://github.com/googleapis/googleapis/blob/master/google/rpc/status.proto">google.rpc.Status</a>
 */
public record ErrorResponse(int code, String message, List<String> details) {}
