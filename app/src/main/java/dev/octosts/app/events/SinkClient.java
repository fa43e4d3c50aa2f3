package dev.octosts.app.events;

import dev.octosts.api.Egress;
import dev.octosts.github.egress.CallDeadline;
import dev.octosts.github.egress.HttpClientFactory;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends events to the sink by HTTP, with one try each. The sink's address may contain a secret, so it is never logged.
 */
final class SinkClient implements AutoCloseable {

    private static final int MOST_DISCARDED = 16 * 1024;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final TimeValue IDLE = TimeValue.ofSeconds(20);
    private static final TimeValue CHECKED_WHEN_IDLE_FOR = TimeValue.ofSeconds(1);

    private final URI address;
    private final Limits limits;
    private final Optional<GoogleIdentity> identity;
    private final CloseableHttpClient client;
    private final CallDeadline deadline = new CallDeadline("event-deadlines");

    /**
     * Time limits of a try.
     *
     * @param part the limit of connecting, of the TLS handshake and of each wait for bytes
     * @param whole the limit of everything together
     */
    record Limits(Duration part, Duration whole) {
        static final Limits USUAL = new Limits(Duration.ofSeconds(3), Duration.ofSeconds(8));
    }

    /**
     * A client.
     *
     * @param address the address of the sink
     * @param egress how calls leave this process
     * @param connections the maximum number of tries at a time
     */
    SinkClient(URI address, Egress egress, int connections, Limits limits) {
        this(address, egress, connections, limits, Optional.empty());
    }

    /** @param identity who this service is to the sink; closed with this client */
    SinkClient(URI address, Egress egress, int connections, Limits limits, Optional<GoogleIdentity> identity) {
        this.address = address;
        this.identity = identity;
        this.limits = limits;
        Timeout part = Timeout.of(limits.part());
        var pool = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(connections)
                .setMaxConnPerRoute(connections)
                .setDefaultTlsConfig(
                        TlsConfig.custom().setHandshakeTimeout(part).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(part)
                        .setSocketTimeout(part)
                        .setValidateAfterInactivity(CHECKED_WHEN_IDLE_FOR)
                        .build());
        var requests = RequestConfig.custom()
                .setConnectionRequestTimeout(part)
                .setResponseTimeout(part)
                .setProtocolUpgradeEnabled(false)
                .build();
        this.client = HttpClientFactory.builder(egress, "octo-sts-java", pool, requests)
                .evictIdleConnections(IDLE)
                .build();
    }

    /** Tries once. */
    SinkAnswer send(Message message) {
        var request = new HttpPost(address);
        message.headers().forEach(request::setHeader);
        if (identity.isPresent()) {
            var token = identity.get().token();
            if (token.isEmpty()) {
                return new SinkAnswer.Failed("no identity token", Duration.ZERO);
            }
            request.setHeader("Authorization", "Bearer " + token.get());
        }
        request.setEntity(new ByteArrayEntity(message.body(), ContentType.create(CloudEvent.CONTENT_TYPE)));
        try (var _ = deadline.limit(limits.whole(), request::cancel)) {
            return client.execute(request, response -> read(request, response));
        } catch (IOException none) {
            // The exception's own message may contain the address.
            return new SinkAnswer.Failed("no answer (" + none.getClass().getSimpleName() + ")", Duration.ZERO);
        } catch (RejectedExecutionException closed) {
            return new SinkAnswer.Failed("the service ends", Duration.ZERO);
        }
    }

    private SinkAnswer read(HttpPost request, ClassicHttpResponse response) throws IOException {
        SinkAnswer answer = answer(response);
        var entity = response.getEntity();
        if (entity != null) {
            // No code needs the body, but after a short rest the connection can be used for the next event.
            try (var body = entity.getContent()) {
                if (body.readNBytes(MOST_DISCARDED).length == MOST_DISCARDED) {
                    request.cancel();
                }
            } catch (IOException cut) {
                request.cancel();
            }
        }
        return answer;
    }

    private SinkAnswer answer(ClassicHttpResponse response) {
        int status = response.getCode();
        if (status >= 200 && status < 300) {
            return new SinkAnswer.Accepted();
        }
        if (status == 401 && identity.isPresent()) {
            identity.get().forget();
            return new SinkAnswer.Failed("status 401", Duration.ZERO);
        }
        return switch (status) {
            case 408, 425, 429 -> new SinkAnswer.Failed("status " + status, wait(response));
            default ->
                status >= 500
                        ? new SinkAnswer.Failed("status " + status, wait(response))
                        : new SinkAnswer.Refused("status " + status);
        };
    }

    /** RFC 9110 section 10.2.3, in the form of seconds. */
    private static Duration wait(ClassicHttpResponse response) {
        Header header = response.getFirstHeader("Retry-After");
        String seconds = header == null ? "" : String.valueOf(header.getValue()).strip();
        if (!seconds.matches("[0-9]{1,6}")) {
            return Duration.ZERO;
        }
        var wait = Duration.ofSeconds(Long.parseLong(seconds));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    @Override
    public void close() {
        deadline.close();
        client.close(CloseMode.IMMEDIATE);
        identity.ifPresent(GoogleIdentity::close);
    }
}
