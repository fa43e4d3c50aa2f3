package dev.octosts.exchange.issuer;

import java.net.ProxySelector;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Builds the HTTP client for calls to issuers. The client follows no redirects, repeats nothing, decompresses nothing
 * and keeps no cookies: its user decides all of that.
 */
final class IssuerHttp {
    /** More than there are seats for loads, so that those of proven issuers find a free one: see {@code LoadSeats}. */
    private static final int MAX_CONNECTIONS = 256;

    private static final int MAX_CONNECTIONS_OF_ONE_HOST = 16;
    private static final int MAX_HEADER_LINE = 16 * 1024;
    private static final int MAX_HEADERS = 100;
    private static final int MAX_HEAD = 64 * 1024;
    private static final Duration CONNECT_TIME = Duration.ofSeconds(1);
    // Long enough for discovery and keys of one load; idle connections to strangers are not worth keeping.
    private static final TimeValue CONNECTION_LIFE = TimeValue.ofSeconds(10);

    private IssuerHttp() {}

    static CloseableHttpClient client(
            SSLContext tls, DnsResolver resolver, @Nullable ProxySelector proxies, Duration answerTime) {
        Timeout limit = Timeout.of(answerTime);
        HttpClientBuilder builder = HttpClientBuilder.create()
                .setConnectionManager(connections(tls, resolver, limit))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(limit)
                        .setResponseTimeout(limit)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setUserAgent("octo-sts")
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableRedirectHandling();
        if (proxies != null) {
            builder.setProxySelector(proxies);
        }
        return builder.build();
    }

    /** Each line has a limit, and the lines are counted; their product would be too much for one answer. */
    private static HttpMessageParser<ClassicHttpResponse> bounded(HttpMessageParser<ClassicHttpResponse> parser) {
        return (buffer, in) -> parser.parse(buffer, new BoundedInput(in, MAX_HEAD));
    }

    private static PoolingHttpClientConnectionManager connections(SSLContext tls, DnsResolver resolver, Timeout limit) {
        Http1Config limits = Http1Config.custom()
                .setMaxLineLength(MAX_HEADER_LINE)
                .setMaxHeaderCount(MAX_HEADERS)
                .build();
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(limits)
                        .responseParserFactory(_ -> bounded(new DefaultHttpResponseParser(limits)))
                        .build())
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                .setDnsResolver(resolver)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT_TIME.toMillis(), TimeUnit.MILLISECONDS)
                        .setSocketTimeout(limit)
                        .setTimeToLive(CONNECTION_LIFE)
                        .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                        .build())
                .setDefaultTlsConfig(
                        TlsConfig.custom().setHandshakeTimeout(limit).build())
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setMaxConnPerRoute(MAX_CONNECTIONS_OF_ONE_HOST)
                .build();
    }
}
