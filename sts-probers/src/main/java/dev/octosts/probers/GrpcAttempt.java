package dev.octosts.probers;

import dev.octosts.api.grpc.ExchangeCall;
import dev.octosts.api.grpc.GrpcFault;
import dev.octosts.api.grpc.GrpcText;
import dev.octosts.api.grpc.GrpcTimeout;
import dev.octosts.api.grpc.MessageFrames;
import dev.octosts.api.grpc.RawToken;
import dev.octosts.api.grpc.SecurityTokenService;
import jakarta.json.Json;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.nio.entity.AsyncEntityProducers;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Asks for an exchange once, over gRPC, and describes the result in the form that the service has over HTTP, so that
 * both are read in one place.
 */
final class GrpcAttempt implements AutoCloseable {

    private static final String METHOD = "/" + SecurityTokenService.NAME + "/Exchange";
    private static final ContentType GRPC = ContentType.create("application/grpc");
    private static final Timeout CONNECT = Timeout.ofSeconds(5);
    private static final int OK = 200;

    private final CloseableHttpAsyncClient client;
    private final Network.NetworkSettings settings;

    GrpcAttempt(Network.NetworkSettings settings) {
        this.settings = settings;
        var tls = ClientTlsStrategyBuilder.create();
        settings.trust().ifPresent(tls::setSslContext);
        var connections = PoolingAsyncClientConnectionManagerBuilder.create()
                .setTlsStrategy(tls.buildAsync())
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_2)
                        .build())
                .setDefaultConnectionConfig(
                        ConnectionConfig.custom().setConnectTimeout(CONNECT).build())
                .build();
        this.client = HttpAsyncClients.custom()
                .setConnectionManager(connections)
                .setUserAgent(settings.userAgent())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .setIoReactorExceptionCallback(_ -> {}) // the call itself fails, too
                .build();
        client.start();
    }

    /** The limit holds for the whole call, and the service knows it. */
    Reply send(ServiceAddress service, String bearer, ExchangeCall call, Duration limit) throws InterruptedException {
        URI address = service.resolve(METHOD);
        if (goesThroughProxy(address)) {
            return new Reply.Failed(
                    "gRPC does not go through a proxy; use HTTP, or name " + service.host() + " in NO_PROXY", false);
        }
        var request = AsyncRequestBuilder.post(address)
                .setHeader("TE", "trailers")
                .setHeader("Authorization", "Bearer " + bearer)
                .setHeader(GrpcTimeout.HEADER, GrpcTimeout.write(limit))
                .setEntity(AsyncEntityProducers.create(MessageFrames.frame(call.toBytes()), GRPC))
                .build();
        var answer = client.execute(request, new GrpcResponseConsumer(), null);
        try {
            return read(service, answer.get(Math.max(1, limit.toNanos()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            return new Reply.Failed("no whole answer from " + service + " within " + HttpAttempt.seconds(limit), true);
        } catch (ExecutionException failed) {
            return explain(service, address, failed);
        } finally {
            answer.cancel(true);
        }
    }

    private static Reply explain(ServiceAddress service, URI address, ExecutionException failed) {
        if (HttpAttempt.has(failed, RequestNotExecutedException.class)) {
            return new Reply.Failed(
                    service + " closed the connection before the call; it may not speak gRPC over HTTP/2", true);
        }
        return HttpAttempt.has(failed, HttpException.class)
                ? new Reply.Failed(service + " does not speak gRPC over HTTP/2; use HTTP", false)
                : HttpAttempt.explain(address, failed);
    }

    private boolean goesThroughProxy(URI address) {
        Optional<ProxySelector> proxies = settings.proxies().or(() -> Optional.ofNullable(ProxySelector.getDefault()));
        return proxies.stream()
                .flatMap(selector -> selector.select(address).stream())
                .anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
    }

    private static Reply read(ServiceAddress service, GrpcResponse response) {
        if (response.httpStatus() != OK) {
            return answered(response.httpStatus(), "", response);
        }
        Optional<Integer> status = response.grpcStatus();
        if (status.isEmpty()) {
            return new Reply.Failed("the connection to " + service + " broke before the answer was whole", true);
        }
        if (status.get() != 0) {
            var problem = Json.createObjectBuilder()
                    .add("code", status.get())
                    .add(
                            "message",
                            GrpcText.decode(response.header("grpc-message").orElse("")));
            return answered(httpStatus(status.get()), problem.build().toString(), response);
        }
        try {
            var token = RawToken.parse(MessageFrames.single(response.body()));
            var json = Json.createObjectBuilder().add("token", token.token());
            token.expiry().ifPresent(expiry -> json.add("expiry", expiry.toString()));
            return answered(OK, json.build().toString(), response);
        } catch (GrpcFault _) {
            return new Reply.Failed(service + " answered, but with no token that can be used", false);
        }
    }

    private static Reply answered(int status, String body, GrpcResponse response) {
        return new Reply.Answered(
                status,
                body,
                response.header("retry-after"),
                response.header("location"),
                response.header("x-request-id"));
    }

    /** The status that the service gives over HTTP together with a code. */
    private static int httpStatus(int code) {
        return switch (code) {
            case 3, 9 -> 400;
            case 4 -> 504;
            case 5 -> 404;
            case 7 -> 403;
            case 8 -> 429;
            case 12 -> 501;
            case 14 -> 503;
            case 16 -> 401;
            default -> 500;
        };
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
