package dev.octosts.probers;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The response to a call.
 *
 * @param httpStatus 200, when a gRPC service answered
 * @param headers headers and trailers by name in lower case
 * @param body the message in its frame; may hold a secret
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record GrpcResponse(int httpStatus, Map<String, String> headers, byte[] body) {

    /** A header or a trailer. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The status of the call; empty when the service gave none. */
    Optional<Integer> grpcStatus() {
        return header("grpc-status").filter(text -> text.matches("[0-9]{1,3}")).map(Integer::valueOf);
    }

    @Override
    public String toString() {
        return "GrpcResponse[httpStatus=" + httpStatus + "]";
    }
}
