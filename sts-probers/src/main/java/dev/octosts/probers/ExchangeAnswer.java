package dev.octosts.probers;

import dev.octosts.api.ProblemCode;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** The result of an exchange request to a token service. */
public sealed interface ExchangeAnswer {

    /**
     * The service issued a token.
     *
     * @param value the GitHub token; a secret
     * @param expiry when GitHub stops accepting it; empty when the service did not say
     */
    record Token(String value, Optional<Instant> expiry) implements ExchangeAnswer {

        @Override
        public String toString() {
            return "Token[***, expiry=" + expiry + "]";
        }
    }

    /**
     * The service refused.
     *
     * @param code the number of the gRPC status
     * @param message the service's own sentence, without control characters
     * @param httpStatus the HTTP status of the answer
     * @param requestId the id of the request in the service's log: 1 to 128 of {@code [A-Za-z0-9._-]}; empty when the
     *     service gives none
     * @see <a href="https://grpc.io/docs/guides/status-codes/">gRPC status codes</a>
     */
    record Refused(int code, String message, int httpStatus, Optional<String> requestId) implements ExchangeAnswer {

        /** A refusal without a request id. */
        public Refused(int code, String message, int httpStatus) {
            this(code, message, httpStatus, Optional.empty());
        }

        /** The code of an exchange problem; empty for other codes of gRPC. */
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
            return Reply.heals(httpStatus);
        }

        /** The form that gRPC clients print: {@code rpc error: code = NotFound desc = …}. */
        public String asGrpcError() {
            return "rpc error: code = " + codeName() + " desc = " + message;
        }

        /** The text after the message: {@code " (request 3f2a…)"}, or an empty text when the service gave no id. */
        public String requestNote() {
            return requestId.map(id -> " (request " + id + ")").orElse("");
        }
    }

    /**
     * No token service answered.
     *
     * @param reason what happened instead, for people to read
     */
    record Unreachable(String reason) implements ExchangeAnswer {}
}
