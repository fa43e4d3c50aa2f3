package dev.octosts.github.egress;

import dev.octosts.api.Egress;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;

/** Builds the HTTP clients for GitHub, for issuers and for the sink of events. */
public final class HttpClientFactory {

    private HttpClientFactory() {}

    /**
     * Begins a client that follows no redirects, repeats nothing, decompresses nothing, and keeps neither cookies nor
     * logins: its user decides all of that.
     *
     * @param egress how its calls leave this process
     * @param userAgent the name that it gives to servers
     * @param connections the size and the time limits of its pool; the trust settings are added here
     * @param requests the time limits of its requests
     */
    public static HttpClientBuilder builder(
            Egress egress,
            String userAgent,
            PoolingHttpClientConnectionManagerBuilder connections,
            RequestConfig requests) {
        HttpClientBuilder builder = HttpClientBuilder.create()
                .setConnectionManager(connections
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(egress.tls()))
                        .build())
                .setDefaultRequestConfig(requests)
                .setUserAgent(userAgent)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .disableAuthCaching();
        egress.proxies().ifPresent(proxies -> {
            builder.setRoutePlanner(new SystemDefaultRoutePlanner(proxies));
            ProxyCredentials.of(proxies).ifPresent(builder::setDefaultCredentialsProvider);
        });
        return builder;
    }
}
