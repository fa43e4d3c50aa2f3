package dev.octosts.app.edge;

import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import dev.octosts.api.RequestId;
import dev.octosts.api.grpc.GrpcFault;
import dev.octosts.api.grpc.GrpcText;
import dev.octosts.api.grpc.GrpcTimeout;
import dev.octosts.api.grpc.HealthMessages;
import dev.octosts.api.grpc.MessageFrames;
import dev.octosts.api.grpc.SecurityTokenService;
import dev.octosts.app.edge.http2.HeaderField;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers gRPC calls in front of the resources, and passes on every other request. It is the last filter, so that calls
 * have a request id and a line in the access log like other requests.
 */
final class GrpcDoor implements Filter {

    private static final Logger LOG = LoggerFactory.getLogger(GrpcDoor.class);
    private static final String GRPC = "application/grpc";

    /** gRPC-Web and other encodings of messages than protobuf are not served. */
    private static final Pattern SERVED = Pattern.compile("application/grpc(\\+proto)?\\s*(;.*)?");

    private static final Pattern METHOD = Pattern.compile("/([^/]+)/([^/]+)");
    private static final Problem LATE = new Problem(ProblemCode.DEADLINE_EXCEEDED, "context deadline exceeded");
    private static final Problem FAULT = new Problem(ProblemCode.INTERNAL, "internal error");
    private static final String OK = "0";

    private final Optional<SecurityTokenService> tokens;
    private final GrpcHealth health;
    private final Deadlines deadlines = new Deadlines();

    /**
     * A door to the services.
     *
     * @param tokens empty when this process does not exchange
     */
    GrpcDoor(Optional<SecurityTokenService> tokens, GrpcHealth health) {
        this.tokens = tokens;
        this.health = health;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (request instanceof Http2Request sent && response instanceof Http2Response answer) {
            filter(chain, sent, answer);
        } else {
            chain.proceed();
        }
    }

    private void filter(FilterChain chain, Http2Request request, Http2Response response) {
        String type = request.headers()
                .value(HeaderNames.CONTENT_TYPE)
                .orElse("")
                .strip()
                .toLowerCase(Locale.ROOT);
        if (type.startsWith(GRPC) || isOfService(request.pathAsSent())) {
            if (!request.prologue().method().equals(Method.POST)) {
                EdgeErrors.onlyPost(request, response);
            } else if (!SERVED.matcher(type).matches()) {
                EdgeErrors.unsupportedMediaType(request, response);
            } else {
                call(request, response);
            }
        } else if (request.stream().isTooLarge()) {
            EdgeErrors.tooLarge(request, response);
        } else {
            chain.proceed();
        }
    }

    private static boolean isOfService(String path) {
        return path.startsWith("/" + SecurityTokenService.NAME + "/")
                || path.startsWith("/" + HealthMessages.NAME + "/");
    }

    private void call(Http2Request request, Http2Response response) {
        response.header(HeaderNames.CONTENT_TYPE, GRPC);
        response.header("grpc-accept-encoding", "identity");
        var deadline = Deadlines.CallerDeadline.NONE;
        try {
            Optional<String> timeout = request.stream().head().only(GrpcTimeout.HEADER);
            if (timeout.isPresent()) {
                Duration left = GrpcTimeout.read(timeout.get())
                        .minusNanos(System.nanoTime() - request.stream().since());
                if (!left.isPositive()) {
                    throw new GrpcFault(LATE);
                }
                deadline = deadlines.in(left, () -> fail(response, LATE));
            }
            answer(request, response);
        } catch (GrpcFault fault) {
            fail(response, fault.problem());
        } catch (RuntimeException failure) {
            LOG.error("a call failed by a fault of this service", failure);
            fail(response, FAULT);
        } finally {
            deadline.cancel();
        }
    }

    private void answer(Http2Request request, Http2Response response) throws GrpcFault {
        var path = METHOD.matcher(request.pathAsSent());
        if (!path.matches()) {
            throw new GrpcFault(ProblemCode.UNIMPLEMENTED, "the path is not /SERVICE/METHOD");
        }
        String service = path.group(1);
        String method = path.group(2);
        if (service.equals(SecurityTokenService.NAME) && tokens.isPresent()) {
            byte[] message = MessageFrames.single(request.stream().body());
            succeed(response, tokens.get().call(method, message, metadata(request)));
        } else if (service.equals(HealthMessages.NAME) && method.equals(GrpcHealth.WATCH)) {
            health.watch(MessageFrames.single(request.stream().body()), new Watcher(response));
        } else if (service.equals(HealthMessages.NAME)) {
            succeed(
                    response,
                    health.call(method, MessageFrames.single(request.stream().body())));
        } else {
            throw new GrpcFault(ProblemCode.UNIMPLEMENTED, "unknown service " + service);
        }
    }

    private static SecurityTokenService.Metadata metadata(Http2Request request) {
        return new SecurityTokenService.Metadata(
                request.headers().all(HeaderNames.AUTHORIZATION, List::of),
                request.headers().value(HeaderNames.USER_AGENT).orElse(""),
                RequestId.current().value());
    }

    private static void succeed(Http2Response response, byte[] message) {
        response.grpcStatus(0);
        response.answer(MessageFrames.frame(message), List.of(new HeaderField("grpc-status", OK)));
    }

    private static void fail(Http2Response response, Problem problem) {
        if (response.answer(new byte[0], status(problem))) {
            response.grpcStatus(problem.code().number());
        }
    }

    private static List<HeaderField> status(Problem problem) {
        var fields = new ArrayList<HeaderField>();
        fields.add(
                new HeaderField("grpc-status", Integer.toString(problem.code().number())));
        fields.add(new HeaderField("grpc-message", GrpcText.encode(problem.message())));
        if (problem.retryAfter().isPositive()) {
            fields.add(new HeaderField(
                    "retry-after",
                    Long.toString(problem.retryAfter().plusNanos(999_999_999).toSeconds())));
        }
        return fields;
    }

    /** The answer of a watch. */
    private static final class Watcher implements GrpcHealth.Watcher {

        private final Http2Response response;

        Watcher(Http2Response response) {
            this.response = response;
        }

        @Override
        public void during(Runnable watch) {
            response.grpcStatus(0);
            if (response.begin()) {
                response.watch(watch);
            }
        }

        @Override
        public boolean send(byte[] message) {
            return response.part(MessageFrames.frame(message));
        }

        @Override
        public boolean isGone() {
            return response.isCancelled();
        }

        @Override
        public void end(Problem problem) {
            response.grpcStatus(problem.code().number());
            response.end(status(problem));
        }
    }
}
