package dev.octosts.traces;

import dev.octosts.api.trace.TraceSettings;
import dev.octosts.api.trace.Tracer;
import dev.octosts.api.trace.TracerProvider;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.export.ProxyOptions;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Sends spans by OTLP over HTTP, in the binary form, with the JDK's client. */
public final class OtlpTracerProvider implements TracerProvider {

    private static final int ATTEMPTS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(3);

    /** For the service loader. */
    public OtlpTracerProvider() {}

    @Override
    public Tracer open(TraceSettings settings) {
        // An attempt with its pause, as often as there are attempts.
        Duration patience = settings.timeout().plus(LONGEST_PAUSE).multipliedBy(ATTEMPTS);
        var queue = new SpanQueue(
                exporter(settings), patience, SpanQueue.Limits.USUAL, new Losses(System::nanoTime, Losses::log));
        return new OtlpTracer(settings, queue);
    }

    private static SpanExporter exporter(TraceSettings settings) {
        var builder = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.endpoint().toString())
                .setTimeout(settings.timeout())
                .setConnectTimeout(
                        settings.timeout().compareTo(LONGEST_CONNECT) < 0 ? settings.timeout() : LONGEST_CONNECT)
                .setCompression(settings.gzip() ? "gzip" : "none")
                .setRetryPolicy(RetryPolicy.builder()
                        .setMaxAttempts(ATTEMPTS)
                        .setInitialBackoff(FIRST_PAUSE)
                        .setMaxBackoff(LONGEST_PAUSE)
                        .build());
        settings.headers().forEach(builder::addHeader);
        if ("https".equals(settings.endpoint().getScheme())) {
            // The JDK's client takes the context alone, which has the operator's authorities.
            builder.setSslContext(settings.egress().tls(), unused());
        }
        settings.egress().proxies().ifPresent(proxies -> builder.setProxy(ProxyOptions.create(proxies)));
        return builder.build();
    }

    private static X509TrustManager unused() {
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            @Nullable KeyStore platform = null;
            factory.init(platform);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (NoSuchAlgorithmException | KeyStoreException impossible) {
            throw new IllegalStateException("no trust manager in this JVM", impossible);
        }
    }
}
