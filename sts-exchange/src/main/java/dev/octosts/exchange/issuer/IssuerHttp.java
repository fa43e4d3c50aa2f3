package dev.octosts.exchange.issuer;

import dev.octosts.api.Egress;
import dev.octosts.exchange.issuer.AddressGuard.RefusedHostException;
import dev.octosts.github.egress.HttpClientFactory;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The HTTP clients for calls to issuers, for one set of permitted hosts and trusted authorities: one client connects to
 * the addresses that were judged, the other one goes through a proxy, which resolves names itself.
 */
final class IssuerHttp implements AutoCloseable {
    /** More than there are seats for loads, so that those of proven issuers find a free one: see {@code LoadSeats}. */
    private static final int MAX_CONNECTIONS = 256;

    private static final int MAX_CONNECTIONS_OF_ONE_HOST = 16;
    private static final int MAX_HEADER_LINE = 16 * 1024;
    private static final int MAX_HEADERS = 100;
    private static final int MAX_HEAD = 64 * 1024;
    private static final Duration CONNECT_TIME = Duration.ofSeconds(1);
    // Long enough for discovery and keys of one load; idle connections to strangers are not worth keeping.
    private static final TimeValue CONNECTION_LIFE = TimeValue.ofSeconds(10);

    private final AddressGuard hosts;
    private final Egress egress;
    private final CloseableHttpClient direct;
    private final Optional<CloseableHttpClient> proxied;

    /** @param answerTime the limit of each wait for a connection or for bytes */
    IssuerHttp(AddressGuard hosts, Egress egress, Duration answerTime) {
        Timeout limit = Timeout.of(answerTime);
        this.hosts = hosts;
        this.egress = egress;
        this.direct = client(new Egress(egress.tls(), Optional.empty()), hosts, limit);
        this.proxied = egress.proxies().map(_ -> client(egress, SystemDefaultDnsResolver.INSTANCE, limit));
    }

    private static CloseableHttpClient client(Egress egress, DnsResolver resolver, Timeout limit) {
        return HttpClientFactory.builder(
                        egress,
                        "octo-sts",
                        connections(resolver, limit),
                        RequestConfig.custom()
                                .setConnectionRequestTimeout(limit)
                                .setResponseTimeout(limit)
                                .setProtocolUpgradeEnabled(false)
                                .build())
                .build();
    }

    private static PoolingHttpClientConnectionManagerBuilder connections(DnsResolver resolver, Timeout limit) {
        Http1Config limits = Http1Config.custom()
                .setMaxLineLength(MAX_HEADER_LINE)
                .setMaxHeaderCount(MAX_HEADERS)
                .build();
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(limits)
                        .responseParserFactory(_ -> bounded(new DefaultHttpResponseParser(limits)))
                        .build())
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
                .setMaxConnPerRoute(MAX_CONNECTIONS_OF_ONE_HOST);
    }

    /** Each line has a limit, and the lines are counted; their product would be too much for one answer. */
    private static HttpMessageParser<ClassicHttpResponse> bounded(HttpMessageParser<ClassicHttpResponse> parser) {
        return (buffer, in) -> parser.parse(buffer, new BoundedInput(in, MAX_HEAD));
    }

    /**
     * The client to call an address with.
     *
     * @throws RefusedHostException when a proxy would be asked for a host that must not be called
     */
    CloseableHttpClient client(URI address) throws RefusedHostException {
        if (proxied.isEmpty() || isDirect(address)) {
            return direct;
        }
        hosts.checkName(address.getHost());
        return proxied.get();
    }

    private boolean isDirect(URI address) {
        List<Proxy> hops =
                egress.proxies().map(proxies -> proxies.select(address)).orElse(List.of());
        return hops.isEmpty() || hops.getFirst().type() == Proxy.Type.DIRECT;
    }

    @Override
    public void close() {
        direct.close(CloseMode.IMMEDIATE);
        proxied.ifPresent(client -> client.close(CloseMode.IMMEDIATE));
    }
}
