package dev.octosts.exchange.bearer;

import dev.octosts.exchange.bearer.HostRules.NameLookup;
import dev.octosts.exchange.bearer.HostRules.RefusedHostException;
import dev.octosts.policy.Formats;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to read a document of an issuer: which may be anybody's server, so addresses, redirects, size and the
 * time of the whole answer are limited.
 */
public final class IssuerClient implements IssuerTransport, AutoCloseable {
    private static final int MAX_BODY = 100 * 1024;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MAX_REDIRECTS = 5;
    // An answer that takes 1.5 s is still taken, and three attempts fit into the 5 s of a load.
    private static final Duration ANSWER_TIME = Duration.ofMillis(1600);

    private final HostRules hosts;
    private final @Nullable ProxySelector proxies;
    private final CloseableHttpClient direct;
    private final CloseableHttpClient proxied;
    private final ScheduledThreadPoolExecutor watchdog;

    /**
     * Over the system's resolver.
     *
     * @param tls whose trust store vouches for issuers' certificates
     * @param proxies the way out, null for none
     */
    public IssuerClient(IssuerRules rules, SSLContext tls, @Nullable ProxySelector proxies) {
        this(rules, tls, proxies, InetAddress::getAllByName);
    }

    IssuerClient(IssuerRules rules, SSLContext tls, @Nullable ProxySelector proxies, NameLookup names) {
        this.hosts = new HostRules(rules, names);
        this.proxies = proxies;
        this.direct = IssuerHttp.client(tls, hosts, null, ANSWER_TIME);
        this.proxied = IssuerHttp.client(tls, SystemDefaultDnsResolver.INSTANCE, proxies, ANSWER_TIME);
        this.watchdog = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("issuer-watchdog").factory());
        this.watchdog.setRemoveOnCancelPolicy(true);
    }

    @Override
    public byte[] fetch(URI address, Deadline deadline) throws IssuerException {
        Deadline end = deadline.within(ANSWER_TIME);
        URI next = address;
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            switch (call(next, end)) {
                case Answer.Body body -> {
                    return body.bytes();
                }
                case Answer.Redirect redirect -> next = resolved(next, redirect.location());
            }
        }
        throw new IssuerException(address + ": too many redirects");
    }

    private sealed interface Answer {
        @SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
        record Body(byte[] bytes) implements Answer {}

        record Redirect(String location) implements Answer {}
    }

    private static URI resolved(URI base, String location) throws IssuerException {
        try {
            return base.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new IssuerException(base + ": redirect to a malformed address", e);
        }
    }

    private Answer call(URI address, Deadline end) throws IssuerException {
        if (!Formats.isEndpoint(address.toString()) || address.getHost() == null) {
            throw new IssuerException("not an address to call: " + address);
        }
        Duration remaining = end.remaining();
        if (remaining.isZero()) {
            throw new IssuerException(address + ": no time left");
        }
        HttpGet request = new HttpGet(address);
        request.setHeader("Accept", "application/json");
        // The client's own time limits start anew with every read; a server that drips would never meet them.
        ScheduledFuture<?> cut = watchdog.schedule(request::cancel, remaining.toNanos(), TimeUnit.NANOSECONDS);
        try (ClassicHttpResponse response =
                client(address).executeOpen(HttpHost.create(address), request, HttpClientContext.create())) {
            return answer(address, response, request);
        } catch (IOException e) {
            throw failure(address, e);
        } finally {
            cut.cancel(false);
        }
    }

    private CloseableHttpClient client(URI address) throws RefusedHostException {
        if (proxies == null) {
            return direct;
        }
        List<Proxy> ways = proxies.select(address);
        if (ways == null || ways.isEmpty() || ways.getFirst().type() == Proxy.Type.DIRECT) {
            return direct;
        }
        hosts.checkName(address.getHost());
        return proxied;
    }

    private static Answer answer(URI address, ClassicHttpResponse response, HttpGet request)
            throws IOException, IssuerException {
        int status = response.getCode();
        if (status == 200) {
            return new Answer.Body(body(address, response.getEntity(), request));
        }
        // What follows is of no interest; without this, closing reads it to its end.
        request.cancel();
        Header location = response.getFirstHeader("Location");
        if (REDIRECTS.contains(status) && location != null) {
            return new Answer.Redirect(location.getValue());
        }
        String message = address + ": status " + status;
        throw status == 429 || status >= 500
                ? new TransientIssuerException(message, null)
                : new IssuerException(message);
    }

    private static byte[] body(URI address, @Nullable HttpEntity entity, HttpGet request)
            throws IOException, IssuerException {
        if (entity == null) {
            throw new IssuerException(address + ": no body");
        }
        byte[] bytes = entity.getContent().readNBytes(MAX_BODY + 1);
        if (bytes.length > MAX_BODY) {
            request.cancel();
            throw new IssuerException(address + ": more than " + MAX_BODY + " bytes");
        }
        return bytes;
    }

    private static IssuerException failure(URI address, IOException cause) {
        String message = address + ": " + cause;
        return switch (cause) {
            case RefusedHostException _, SSLPeerUnverifiedException _, ClientProtocolException _ ->
                new IssuerException(message, cause);
            case MessageConstraintException _ -> new IssuerException(message, cause);
            case SSLHandshakeException e
            when e.getCause() instanceof CertificateException -> new IssuerException(message, cause);
            default -> new TransientIssuerException(message, cause);
        };
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
        direct.close(CloseMode.IMMEDIATE);
        proxied.close(CloseMode.IMMEDIATE);
    }
}
