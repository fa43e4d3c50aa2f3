package dev.octosts.github;

import dev.octosts.api.Egress;
import dev.octosts.api.GitHubCall;
import dev.octosts.api.trace.Step;
import dev.octosts.api.trace.Trace;
import dev.octosts.github.egress.HttpClientFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.message.HeaderGroup;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only place that speaks HTTP to GitHub. It never repeats a call by itself, because a mint must not be repeated.
 */
final class Transport implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    private static final String USER_AGENT = "octo-sts-java";
    private static final Timeout CONNECT = Timeout.ofSeconds(3);
    private static final Timeout ANSWER = Timeout.ofSeconds(5);

    private static final Duration LONGEST = Duration.ofSeconds(8);

    /** GitHub and its load balancers close connections that are idle for longer. */
    private static final TimeValue IDLE = TimeValue.ofSeconds(20);

    private static final TimeValue CHECKED_WHEN_IDLE_FOR = TimeValue.ofSeconds(1);
    private static final int CONNECTIONS = 512;

    /** A mint for 500 repositories describes each of them in some kilobytes. */
    private static final int MAXIMUM_BYTES = 8 * 1024 * 1024;

    private static final int BUFFER = 8 * 1024;

    private final CloseableHttpClient client;
    private final OwnerIsolation isolation;
    private final OwnerIsolation background;
    private final GitHub.Time time;
    private final Consumer<GitHubCall> observer;

    Transport(Egress egress, GitHub.Time time, Consumer<GitHubCall> observer) {
        this.time = time;
        this.isolation = OwnerIsolation.forExchanges(time);
        this.background = OwnerIsolation.forBackground(time);
        this.observer = observer;
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setSocketTimeout(ANSWER)
                        .setValidateAfterInactivity(CHECKED_WHEN_IDLE_FOR)
                        .build());
        var requests = RequestConfig.custom()
                .setConnectionRequestTimeout(ANSWER)
                .setResponseTimeout(ANSWER)
                .build();
        this.client = HttpClientFactory.builder(egress, USER_AGENT, connections, requests)
                .evictIdleConnections(IDLE)
                .build();
    }

    /**
     * Makes a call under the limits of its App and owner.
     *
     * @param call which call it is, and about whom
     * @param request the request, ready to be sent
     * @return GitHub's answer, whatever its status below 500
     * @throws NoAnswerException when there is no answer, or one of 500 and more
     * @throws NoAnswerException.Paused when GitHub has refused several calls in a row and the time is not up
     */
    HttpAnswer isolated(Call call, HttpUriRequestBase request) {
        return isolation.call(call, () -> answered(call, request));
    }

    /** Makes a call that no exchange waits for. Its result does not change the limits of exchanges. */
    HttpAnswer inBackground(Call call, HttpUriRequestBase request) {
        return background.call(call, () -> answered(call, request));
    }

    /** Makes a call that is not an App's: without a credential, or with that of a person. No observer is notified. */
    HttpAnswer anonymous(HttpUriRequestBase request) {
        long end = System.nanoTime() + LONGEST.toNanos();
        HttpAnswer answer;
        try {
            answer = client.execute(request, response -> read(request, response, end));
        } catch (IOException none) {
            throw new NoAnswerException("no answer", null);
        }
        if (answer.status() >= 500) {
            throw new NoAnswerException("status " + answer.status(), null);
        }
        return answer;
    }

    /** Makes a call without these limits, such as {@code GET /app} and revocations. */
    HttpAnswer answered(Call call, HttpUriRequestBase request) {
        try (Step step = Trace.call(call.endpoint().spanName())) {
            return answered(call, request, step);
        }
    }

    private HttpAnswer answered(Call call, HttpUriRequestBase request, Step step) {
        if (step.isRecorded()) {
            describe(call, request, step);
        }
        long begin = System.nanoTime();
        HttpAnswer answer;
        try {
            answer = client.execute(request, response -> read(request, response, begin + LONGEST.toNanos()));
        } catch (IOException none) {
            step.failed(none);
            observer.accept(call.unanswered(System.nanoTime() - begin));
            LOG.debug("GitHub did not answer {} {}: {}", request.getMethod(), request.getPath(), none.toString());
            throw new NoAnswerException("no answer", none instanceof CutShortException part ? part.answer : null, none);
        }
        @Nullable
        Duration retryAfter = RateLimits.retryAfter(answer, time.clock().instant());
        step.answered(answer.status());
        observer.accept(call.answered(answer, System.nanoTime() - begin, retryAfter));
        if (answer.status() >= 400 && LOG.isDebugEnabled()) {
            LOG.debug(
                    "GitHub answered {} {}: {} {}",
                    request.getMethod(),
                    request.getPath(),
                    answer.status(),
                    excerpt(answer));
        }
        if (answer.status() >= 500) {
            throw new NoAnswerException("status " + answer.status(), answer);
        }
        return answer;
    }

    /** The App and the owner, and the address without its query. No trace goes to GitHub: docs/adr/0026-traces.md. */
    private static void describe(Call call, HttpUriRequestBase request, Step step) {
        var authority = request.getAuthority();
        step.request(
                request.getMethod(),
                request.getScheme(),
                authority.getHostName(),
                authority.getPort(),
                request.getPath());
        step.set("octosts.github.app", call.app().id());
        if (!call.owner().isEmpty()) {
            step.set("octosts.owner", call.owner());
        }
    }

    private static HttpAnswer read(HttpUriRequestBase request, ClassicHttpResponse response, long end)
            throws IOException {
        try {
            return read(response, end);
        } catch (IOException notWhole) {
            // The client would read all the rest, to use the connection again.
            request.cancel();
            throw notWhole;
        }
    }

    private static HttpAnswer read(ClassicHttpResponse response, long end) throws IOException {
        var headers = new HeaderGroup();
        headers.setHeaders(response.getHeaders());
        if (response.getEntity() == null) {
            return new HttpAnswer(response.getCode(), headers, new byte[0]);
        }
        long length = response.getEntity().getContentLength();
        if (length > MAXIMUM_BYTES) {
            throw new IOException("the answer is larger than " + MAXIMUM_BYTES + " bytes");
        }
        InputStream body = response.getEntity().getContent();
        // Of a length that is known, one byte more shows the end.
        int expected = length < 0 ? BUFFER : (int) Math.min(length + 1, BUFFER);
        var whole = new ByteArrayOutputStream(expected);
        try {
            byte[] part = new byte[expected];
            for (int read = body.read(part); read >= 0 && whole.size() <= MAXIMUM_BYTES; read = body.read(part)) {
                whole.write(part, 0, read);
                // Time-outs of a socket start again with each byte, so an answer that arrives slowly never exceeds
                // them.
                if (System.nanoTime() - end > 0) {
                    throw new IOException("the answer takes longer than " + LONGEST);
                }
            }
        } catch (IOException cut) {
            throw new CutShortException(new HttpAnswer(response.getCode(), headers, whole.toByteArray()), cut);
        }
        if (whole.size() > MAXIMUM_BYTES) {
            throw new IOException("the answer is larger than " + MAXIMUM_BYTES + " bytes");
        }
        return new HttpAnswer(response.getCode(), headers, whole.toByteArray());
    }

    /** An answer ended too early. Its first part may hold a token, which then has to be revoked. */
    private static final class CutShortException extends IOException {

        private static final long serialVersionUID = 1L;

        private final transient HttpAnswer answer;

        CutShortException(HttpAnswer answer, IOException cause) {
            super("the answer ends too early", cause);
            this.answer = answer;
        }
    }

    private static String excerpt(HttpAnswer answer) {
        int length = Math.min(answer.body().length, 300);
        return new String(answer.body(), 0, length, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close(CloseMode.GRACEFUL);
    }
}
