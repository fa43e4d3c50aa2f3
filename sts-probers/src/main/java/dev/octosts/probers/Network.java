package dev.octosts.probers;

import dev.octosts.api.ProxyLogins;
import dev.octosts.api.grpc.ExchangeCall;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The network for calls to other services: one HTTP client. It follows no redirect, because the server that redirects
 * would choose who gets the token. A failure that may end with time is tried again within the caller's
 * {@link RetryBudget}; every other reply is final.
 */
public final class Network implements AutoCloseable {

    /**
     * The settings of outgoing calls.
     *
     * @param userAgent the client's name in requests
     * @param proxies the proxy for each address; empty takes the proxies that Java was started with
     * @param trust the certificates that are trusted; empty takes those that Java was started with
     */
    public record NetworkSettings(String userAgent, Optional<ProxySelector> proxies, Optional<SSLContext> trust) {}

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final NetworkSettings settings;
    private final HttpClient client;
    private final CallBudget budget;
    private final String userAgent;
    private final TimeSource timing;
    private final HttpAttempt.Pauses pauses;

    public Network(NetworkSettings settings) {
        this(settings, TimeSource.REAL);
    }

    Network(NetworkSettings settings, TimeSource timing) {
        this.settings = settings;
        var builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT);
        builder.proxy(GoogleSource.MetadataRoute.around(settings.proxies()));
        settings.trust().ifPresent(builder::sslContext);
        if (settings.proxies().orElse(null) instanceof ProxyLogins logins) {
            // Java does not use Basic for tunnels unless it is configured; a proxy in a variable knows no other scheme.
            System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
            builder.authenticator(new ProxyAuthenticator(logins));
        }
        this.client = builder.build();
        this.budget = CallBudget.unlimited();
        this.userAgent = settings.userAgent();
        this.timing = timing;
        this.pauses = new HttpAttempt.Pauses(timing);
    }

    /** Gives the user and the password to proxies, and to no other server. */
    private static final class ProxyAuthenticator extends Authenticator {

        private final ProxyLogins logins;

        ProxyAuthenticator(ProxyLogins logins) {
            this.logins = logins;
        }

        @Override
        protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            return getRequestorType() == RequestorType.PROXY
                    ? logins.login(getRequestingHost(), getRequestingPort()).orElse(null)
                    : null;
        }
    }

    private Network(Network shared, CallBudget budget) {
        this.settings = shared.settings;
        this.client = shared.client;
        this.budget = budget;
        this.userAgent = shared.userAgent;
        this.timing = shared.timing;
        this.pauses = shared.pauses;
    }

    /** The same network for a caller with a limited number of calls; the owner of the whole network closes it. */
    public Network within(CallBudget calls) {
        return new Network(this, calls);
    }

    /** A request that this network can send. */
    HttpRequest.Builder request(URI address, String bearer) {
        return request(address).header("Authorization", "Bearer " + bearer);
    }

    HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).header("User-Agent", userAgent);
    }

    /** Sends a request that may be repeated, until it has a final reply or the time is up. */
    Reply send(HttpRequest request, RetryBudget retries) throws InterruptedException {
        return send(request, retries, BoundedBody.Excess.REFUSED);
    }

    Reply send(HttpRequest request, RetryBudget retries, BoundedBody.Excess excess) throws InterruptedException {
        var exchange = new HttpAttempt(client, budget, excess);
        return repeat(limit -> exchange.send(request, limit), retries);
    }

    /** Makes a call over gRPC that may be repeated, until it has a final reply or the time is up. */
    Reply call(ServiceAddress service, String bearer, ExchangeCall call, RetryBudget retries)
            throws InterruptedException {
        try (var grpc = new GrpcAttempt(settings)) {
            return repeat(limit -> grpc.send(service, bearer, call, limit), retries);
        }
    }

    /** One try, within a limit of time. */
    @FunctionalInterface
    private interface Attempt {

        Reply send(Duration limit) throws InterruptedException;
    }

    private Reply repeat(Attempt attempt, RetryBudget retries) throws InterruptedException {
        long end = timing.nanos() + retries.total().toNanos();
        for (int tries = 1; ; tries++) {
            if (!budget.take()) {
                return new Reply.Failed("the calls of this round are used up", false);
            }
            var left = Duration.ofNanos(end - timing.nanos());
            var reply = attempt.send(left.compareTo(retries.oneTry()) < 0 ? left : retries.oneTry());
            var pause = pauses.after(tries, reply);
            if (!reply.mayHeal() || tries >= retries.tries() || pause.toNanos() >= end - timing.nanos()) {
                return counted(reply, tries);
            }
            timing.pause(pause);
        }
    }

    private static Reply counted(Reply reply, int tries) {
        return reply instanceof Reply.Failed(var reason, var heals) && tries > 1
                ? new Reply.Failed(reason + " (tried " + tries + " times)", heals)
                : reply;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
