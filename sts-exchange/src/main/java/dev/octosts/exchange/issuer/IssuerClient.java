package dev.octosts.exchange.issuer;

import dev.octosts.api.Egress;
import dev.octosts.api.budget.BusyException;
import dev.octosts.api.trace.Step;
import dev.octosts.api.trace.Trace;
import dev.octosts.exchange.issuer.AddressGuard.NameLookup;
import dev.octosts.exchange.issuer.AddressGuard.RefusedHostException;
import dev.octosts.github.egress.CallDeadline;
import dev.octosts.policy.Formats;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.InetAddress;
import java.net.URI;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.MessageConstraintException;
import org.jspecify.annotations.Nullable;

/**
 * Makes one attempt to read a document of an issuer. The issuer may be anyone's server, so addresses, redirects, size
 * and the time of the whole answer are limited.
 */
public final class IssuerClient implements IssuerDocuments, AutoCloseable {
    private static final int MAX_BODY = 100 * 1024;
    /** Some servers answer 406 unless the type of key sets is accepted by its name (RFC 7517 section 8.5). */
    private static final String ACCEPTED = "application/json, application/jwk-set+json";
    /** RFC 1950 section 2.2: the low four bits of a zlib stream's first byte. */
    private static final int ZLIB_METHOD = 0x0f;

    private static final int ZLIB_DEFLATE = 8;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MAX_REDIRECTS = 5;
    // An answer that takes 1.5 s is still taken, and three attempts fit into the 5 s of a load.
    private static final Duration ANSWER_TIME = Duration.ofMillis(1600);

    private final PermittedIssuers permitted;
    private final IssuersFile configured;
    private final Reputation reputation;
    private final Egress egress;
    private final NameLookup names;
    private final IssuerHttp usual;
    private final CallDeadline callDeadline = new CallDeadline("issuer-watchdog");

    /**
     * A client that uses the system's resolver.
     *
     * @param configured issuers for which the operator says how to reach them
     * @param reputation where calls to strangers' issuers are counted
     * @param egress how calls leave this process
     */
    public IssuerClient(PermittedIssuers permitted, IssuersFile configured, Reputation reputation, Egress egress) {
        this(permitted, configured, reputation, egress, InetAddress::getAllByName);
    }

    /**
     * A client with another resolver.
     *
     * @param names looks up the addresses of hosts that are called directly
     */
    public IssuerClient(
            PermittedIssuers permitted,
            IssuersFile configured,
            Reputation reputation,
            Egress egress,
            NameLookup names) {
        this.permitted = permitted;
        this.configured = configured;
        this.reputation = reputation;
        this.egress = egress;
        this.names = names;
        this.usual = new IssuerHttp(new AddressGuard(permitted, names), egress, ANSWER_TIME);
    }

    @Override
    public byte[] fetch(String issuer, URI address, Deadline deadline) throws IssuerException {
        ConfiguredIssuer described = configured.find(issuer);
        if (described == null || !described.isCalledDifferently()) {
            return fetch(usual, issuer, address, deadline);
        }
        // Created for each call, which happens a few times an hour, so that nothing of an older file stays in use.
        try (IssuerHttp own = httpFor(described)) {
            return fetch(own, issuer, address, deadline);
        }
    }

    private IssuerHttp httpFor(ConfiguredIssuer described) {
        PermittedIssuers widened = described.privateNetwork() ? permitted.inPrivateNetworks() : permitted;
        return new IssuerHttp(
                new AddressGuard(widened, names),
                new Egress(described.trust().orElse(egress.tls()), egress.proxies()),
                ANSWER_TIME);
    }

    private byte[] fetch(IssuerHttp http, String issuer, URI address, Deadline deadline) throws IssuerException {
        Deadline end = deadline.within(ANSWER_TIME);
        URI next = address;
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            switch (counted(http, issuer, next, end)) {
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

    private Answer counted(IssuerHttp http, String issuer, URI address, Deadline end) throws IssuerException {
        try {
            reputation.charge(issuer, address);
        } catch (BusyException busy) {
            throw new IssuerException.Busy(address + ": called too often of late", busy);
        }
        try {
            return call(http, address, end);
        } catch (IssuerException.Transient failure) {
            throw reputation.mayRetry(issuer, address)
                    ? failure
                    : new IssuerException(String.valueOf(failure.getMessage()), failure);
        }
    }

    private Answer call(IssuerHttp http, URI address, Deadline end) throws IssuerException {
        if (!Formats.isEndpoint(address.toString()) || address.getHost() == null) {
            throw new IssuerException("not an address to call: " + address);
        }
        Duration remaining = end.remaining();
        if (remaining.isZero()) {
            throw new IssuerException(address + ": no time left");
        }
        HttpGet request = new HttpGet(address);
        request.setHeader("Accept", ACCEPTED);
        try (Step step = Trace.call("issuer GET")) {
            // No trace goes to an issuer: anyone can be one.
            step.request("GET", address.getScheme(), address.getHost(), address.getPort(), address.getPath());
            return call(http, request, address, remaining, step);
        }
    }

    private Answer call(IssuerHttp http, HttpGet request, URI address, Duration remaining, Step step)
            throws IssuerException {
        try (var _ = callDeadline.limit(remaining, request::cancel);
                ClassicHttpResponse response = http.client(address)
                        .executeOpen(HttpHost.create(address), request, HttpClientContext.create())) {
            step.answered(response.getCode());
            return answer(address, response, request);
        } catch (IOException e) {
            step.failed(e);
            throw failure(address, e);
        }
    }

    private static Answer answer(URI address, ClassicHttpResponse response, HttpGet request)
            throws IOException, IssuerException {
        int status = response.getCode();
        if (status == 200) {
            return new Answer.Body(body(address, response.getEntity(), request));
        }
        // The rest is of no interest; without this, closing reads it to its end.
        request.cancel();
        Header location = response.getFirstHeader("Location");
        if (REDIRECTS.contains(status) && location != null) {
            return new Answer.Redirect(location.getValue());
        }
        String message = address + ": status " + status;
        throw status == 429 || status >= 500
                ? new IssuerException.Transient(message, null)
                : new IssuerException(message);
    }

    private static byte[] body(URI address, @Nullable HttpEntity entity, HttpGet request)
            throws IOException, IssuerException {
        if (entity == null) {
            throw new IssuerException(address + ": no body");
        }
        try {
            return body(address, entity);
        } catch (IOException | IssuerException e) {
            // Before the response is closed, which would read the rest.
            request.cancel();
            throw e;
        }
    }

    private static byte[] body(URI address, HttpEntity entity) throws IOException, IssuerException {
        try (InputStream plain = plain(address, entity)) {
            byte[] bytes = plain.readNBytes(MAX_BODY + 1);
            if (bytes.length > MAX_BODY) {
                throw new IssuerException(address + ": more than " + MAX_BODY + " bytes");
            }
            return bytes;
        }
    }

    /**
     * The decoded body. We ask for no compression, but some servers compress all the same. Both sizes are limited: a
     * small body can grow without end, and a large one can be empty.
     */
    private static InputStream plain(URI address, HttpEntity entity) throws IOException, IssuerException {
        InputStream content = new BoundedInput(entity.getContent(), MAX_BODY);
        String encoding = entity.getContentEncoding();
        return switch (encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT)) {
            case "identity", "" -> content;
            case "gzip", "x-gzip" -> new GZIPInputStream(content);
            case "deflate" -> inflated(content);
            default -> throw new IssuerException(address + ": encoded as " + encoding);
        };
    }

    /** RFC 9110 section 8.4.1.2: in the zlib format, which some servers leave out. */
    private static InputStream inflated(InputStream in) throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(in);
        int first = peeked.read();
        if (first >= 0) {
            peeked.unread(first);
        }
        boolean zlib = (first & ZLIB_METHOD) == ZLIB_DEFLATE;
        Inflater inflater = new Inflater(!zlib);
        return new InflaterInputStream(peeked, inflater) {
            @Override
            public void close() throws IOException {
                super.close();
                inflater.end();
            }
        };
    }

    private static IssuerException failure(URI address, IOException cause) {
        String message = address + ": " + cause;
        return switch (cause) {
            case RefusedHostException _, SSLPeerUnverifiedException _, ClientProtocolException _ ->
                new IssuerException(message, cause);
            case MessageConstraintException _, ZipException _ -> new IssuerException(message, cause);
            case SSLHandshakeException e
            when e.getCause() instanceof CertificateException -> new IssuerException(message, cause);
            default -> new IssuerException.Transient(message, cause);
        };
    }

    @Override
    public void close() {
        callDeadline.close();
        usual.close();
    }
}
