package dev.octosts.github.key;

import dev.octosts.api.Egress;
import dev.octosts.github.egress.CallDeadline;
import dev.octosts.github.egress.HttpClientFactory;
import dev.octosts.github.key.SigningException.SigningFault;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client of key services: through the proxies and with the authorities of the program, one attempt for each
 * call, with limits of time and size. It follows no redirect, because the request has a credential.
 */
public final class ServiceHttp implements AutoCloseable {

    private static final String USER_AGENT = "octo-sts-java";
    private static final Timeout CONNECT = Timeout.ofSeconds(2);
    private static final Timeout SILENCE = Timeout.ofMilliseconds(2400);
    private static final Duration LONGEST = Duration.ofMillis(2500);
    private static final TimeValue IDLE = TimeValue.ofSeconds(20);
    private static final int CONNECTIONS = 64;
    private static final int MAXIMUM_BYTES = 256 * 1024;

    /** The client writes these itself. */
    private static final Set<String> FRAMING =
            Set.of("content-length", "host", "transfer-encoding", "expect", "connection");

    private final CloseableHttpClient client;
    private final RequestConfig limits;
    private final CallDeadline deadline = new CallDeadline("key-service-watchdog");

    /** @param egress how calls leave this process */
    public ServiceHttp(Egress egress) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setSocketTimeout(SILENCE)
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .build());
        this.limits = RequestConfig.custom()
                .setConnectionRequestTimeout(SILENCE)
                .setResponseTimeout(SILENCE)
                .build();
        this.client = HttpClientFactory.builder(egress, USER_AGENT, connections, limits)
                .evictIdleConnections(IDLE)
                .build();
    }

    /**
     * A request.
     *
     * @param body empty for none
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, compared with nothing
    public record ServiceRequest(String method, URI address, Map<String, List<String>> headers, byte[] body) {

        /** A request with JSON. */
        public static ServiceRequest json(String method, URI address, Map<String, String> headers, String body) {
            var all = new TreeMap<String, List<String>>();
            headers.forEach((name, value) -> all.put(name, List.of(value)));
            if (!body.isEmpty()) {
                all.put("Content-Type", List.of("application/json"));
            }
            return new ServiceRequest(method, address, all, body.getBytes(StandardCharsets.UTF_8));
        }

        /** Leaves headers and body out: they have credentials. */
        @Override
        public String toString() {
            return method + " " + address.getHost();
        }
    }

    /**
     * An answer.
     *
     * @param headers by name in lower case
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, compared with nothing
    public record ServiceAnswer(int status, Map<String, List<String>> headers, byte[] body) {

        /** The text at a path of the JSON object that the body is; empty when there is none. */
        public Optional<String> text(String... path) {
            return value(path).filter(JsonString.class::isInstance).map(found -> ((JsonString) found).getString());
        }

        /** The whole number at a path; empty when there is none. */
        public Optional<Long> number(String... path) {
            return value(path).filter(JsonNumber.class::isInstance).map(found -> ((JsonNumber) found).longValue());
        }

        /** Whether there is a {@code true} at a path. */
        public boolean flag(String... path) {
            return value(path).filter(JsonValue.TRUE::equals).isPresent();
        }

        private Optional<JsonValue> value(String... path) {
            try (var reader = Json.createReader(new ByteArrayInputStream(body))) {
                @Nullable JsonValue value = reader.readValue();
                for (String name : path) {
                    value = value instanceof JsonObject object ? object.get(name) : null;
                }
                return Optional.ofNullable(value);
            } catch (JsonException | IllegalStateException notJson) {
                return Optional.empty();
            }
        }

        /** Leaves headers and body out. */
        @Override
        public String toString() {
            return "Answer[status=" + status + "]";
        }
    }

    /**
     * Makes a call; a failure is a fault of a key.
     *
     * @throws SigningException when there is no answer
     */
    public ServiceAnswer call(ServiceRequest request) throws SigningException {
        return call(request, LONGEST);
    }

    /** As {@link #call(ServiceRequest)}, with a limit of its own, for what no caller of the service waits for. */
    public ServiceAnswer call(ServiceRequest request, Duration longest) throws SigningException {
        try {
            return exchange(request, longest);
        } catch (IOException none) {
            throw none(none);
        }
    }

    /** The fault of a call without an answer. */
    public static SigningException none(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException || cause instanceof LateException) {
                return new SigningException(SigningFault.TIMED_OUT, "");
            }
        }
        return new SigningException(
                SigningFault.UNREACHABLE, failure.getClass().getSimpleName().replaceFirst("Exception$", ""));
    }

    /** Makes a call. */
    public ServiceAnswer exchange(ServiceRequest asked) throws IOException {
        return exchange(asked, LONGEST);
    }

    /** As {@link #exchange(ServiceRequest)}, with a limit of its own. */
    public ServiceAnswer exchange(ServiceRequest asked, Duration longest) throws IOException {
        var request = new HttpUriRequestBase(asked.method().toUpperCase(Locale.ROOT), asked.address());
        String type = "application/octet-stream";
        for (var header : asked.headers().entrySet()) {
            if (header.getKey().equalsIgnoreCase("content-type")) {
                type = header.getValue().getFirst();
            } else if (!FRAMING.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                header.getValue().forEach(value -> request.addHeader(header.getKey(), value));
            }
        }
        if (asked.body().length > 0) {
            request.setEntity(new ByteArrayEntity(asked.body(), ContentType.parse(type)));
        }
        if (longest.compareTo(LONGEST) > 0) {
            request.setConfig(RequestConfig.copy(limits)
                    .setResponseTimeout(Timeout.of(longest))
                    .build());
        }
        var late = new AtomicBoolean();
        try (var _ = deadline.limit(longest, () -> {
            late.set(true);
            request.cancel();
        })) {
            return client.execute(request, response -> read(request, response));
        } catch (IOException failed) {
            if (late.get()) {
                throw new LateException(longest, failed);
            }
            throw failed;
        }
    }

    private static ServiceAnswer read(HttpUriRequestBase request, ClassicHttpResponse response) throws IOException {
        var headers = new TreeMap<String, List<String>>();
        for (Header header : response.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(header.getValue());
        }
        byte[] body = response.getEntity() == null
                ? new byte[0]
                : response.getEntity().getContent().readNBytes(MAXIMUM_BYTES + 1);
        if (body.length > MAXIMUM_BYTES) {
            request.cancel();
            throw new IOException("the answer is larger than " + MAXIMUM_BYTES + " bytes");
        }
        return new ServiceAnswer(response.getCode(), headers, body);
    }

    /** Thrown when a call was cut because its time was over. */
    private static final class LateException extends IOException {

        private static final long serialVersionUID = 1L;

        LateException(Duration longest, Throwable cause) {
            super("it takes longer than " + longest, cause);
        }
    }

    @Override
    public void close() {
        client.close(CloseMode.GRACEFUL);
        deadline.close();
    }
}
