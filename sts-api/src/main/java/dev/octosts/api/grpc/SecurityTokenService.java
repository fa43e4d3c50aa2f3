package dev.octosts.api.grpc;

import dev.octosts.api.BearerToken;
import dev.octosts.api.ExchangeRequest;
import dev.octosts.api.ExchangeResult;
import dev.octosts.api.ProblemCode;
import dev.octosts.api.RequestedGrant;
import dev.octosts.api.TokenExchange;
import java.util.List;
import java.util.Optional;

/**
 * The service {@code chainguard.platform.oidc.SecurityTokenService} in front of the same {@link TokenExchange} as the
 * HTTP resource: the same checks in the same order, the same codes and messages.
 */
public final class SecurityTokenService {

    /** The full name of the service. */
    public static final String NAME = "chainguard.platform.oidc.SecurityTokenService";

    private static final String EXCHANGE = "Exchange";
    private static final String REFRESH = "ExchangeRefreshToken";

    private final TokenExchange exchange;

    /** The service, with the exchange behind it. */
    public SecurityTokenService(TokenExchange exchange) {
        this.exchange = exchange;
    }

    /**
     * The metadata of a call.
     *
     * @param authorization all values of that name; each may hold a secret
     * @param userAgent for the audit event; empty when there is none
     * @param requestId finds this call in the log and the audit event
     */
    public record Metadata(List<String> authorization, String userAgent, String requestId) {

        public Metadata {
            authorization = List.copyOf(authorization);
        }

        @Override
        public String toString() {
            return "Metadata[***, userAgent=" + userAgent + ", requestId=" + requestId + "]";
        }
    }

    /**
     * Calls a method.
     *
     * @return the message of the answer
     * @throws GrpcFault with the refusal
     */
    public byte[] call(String method, byte[] message, Metadata metadata) throws GrpcFault {
        return switch (method) {
            case EXCHANGE -> exchange(ExchangeCall.parse(message), metadata);
            case REFRESH -> throw new GrpcFault(ProblemCode.UNIMPLEMENTED, "octo-sts does not support refresh tokens");
            default ->
                throw new GrpcFault(ProblemCode.UNIMPLEMENTED, "unknown method " + method + " for service " + NAME);
        };
    }

    private byte[] exchange(ExchangeCall call, Metadata metadata) throws GrpcFault {
        if (call.scopes().size() > 1) {
            throw new GrpcFault(ProblemCode.INVALID_ARGUMENT, "multiple scopes not supported");
        }
        var request = new ExchangeRequest(
                BearerToken.ofHeaders(metadata.authorization()),
                call.scopes().isEmpty() ? call.scope() : call.scopes().getFirst(),
                call.identity(),
                RequestedGrant.EVERYTHING,
                metadata.userAgent(),
                metadata.requestId());
        return switch (exchange.exchange(request)) {
            case ExchangeResult.Granted(var token, var _) ->
                new RawToken(token.value(), Optional.of(token.expiresAt())).toBytes();
            case ExchangeResult.Refused(var problem) -> throw new GrpcFault(problem);
        };
    }
}
