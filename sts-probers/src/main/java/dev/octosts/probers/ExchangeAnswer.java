package dev.octosts.probers;

import dev.octosts.api.ProblemCode;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** What came of asking a service for a GitHub token. */
public sealed interface ExchangeAnswer {

    /**
     * The service gave a token.
     *
     * @param value the GitHub token; a secret
     * @param expiry when GitHub stops to accept it; empty when the service did not say
     */
    record Token(String value, Optional<Instant> expiry) implements ExchangeAnswer {

        @Override
        public String toString() {
            return "Token[***, expiry=" + expiry + "]";
        }
    }

    /**
     * The service said no.
     *
     * @param code the number of the gRPC status
     * @param message the service's own sentence, without control characters
     * @param httpStatus the HTTP status it came with
     * @param requestId what finds the request in the service's log: 1 to 128 of {@code [A-Za-z0-9._-]}; empty when the
     *     service does not say
     * @see <a href="https://grpc.io/docs/guides/status-codes/">gRPC status codes</a>
     */
    record Refused(int code, String message, int httpStatus, Optional<String> requestId) implements ExchangeAnswer {

        /** Of a service that gives no request id. */
        public Refused(int code, String message, int httpStatus) {
            this(code, message, httpStatus, Optional.empty());
        }

        /** The code as an exchange knows it; empty for other codes of gRPC. */
        public Optional<ProblemCode> problem() {
            return Stream.of(ProblemCode.values())
                    .filter(known -> known.number() == code)
                    .findAny();
        }

        /** The name as gRPC clients print it. */
        public String codeName() {
            return problem().map(ProblemCode::grpcName).orElse("Code(" + code + ")");
        }

        /** Whether the same request may succeed later: the service is busy or limited, not unwilling. */
        public boolean isTemporary() {
            return HttpStatus.heals(httpStatus);
        }

        /** The form that gRPC clients print: {@code rpc error: code = NotFound desc = …}. */
        public String asGrpcError() {
            return "rpc error: code = " + codeName() + " desc = " + message;
        }

        /** What follows the message: {@code " (request 3f2a…)"}, or nothing when the service gave no id. */
        public String requestNote() {
            return requestId.map(id -> " (request " + id + ")").orElse("");
        }
    }

    /**
     * No answer of a token service was had.
     *
     * @param reason what happened instead, for people to read
     */
    record Unreachable(String reason) implements ExchangeAnswer {}
}
