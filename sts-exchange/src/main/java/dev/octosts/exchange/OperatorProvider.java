package dev.octosts.exchange;

import dev.octosts.api.Egress;
import dev.octosts.api.budget.MemoryBudget;
import dev.octosts.api.budget.WorkQueue;
import dev.octosts.exchange.bearer.TokenVerifier;
import dev.octosts.exchange.bearer.Verification;
import dev.octosts.exchange.issuer.Deadline;
import dev.octosts.exchange.issuer.IssuerClient;
import dev.octosts.exchange.issuer.IssuerEvents;
import dev.octosts.exchange.issuer.IssuerException;
import dev.octosts.exchange.issuer.IssuersFile;
import dev.octosts.exchange.issuer.PermittedIssuers;
import dev.octosts.exchange.issuer.ProviderMetadata;
import dev.octosts.exchange.issuer.Reputation;
import dev.octosts.exchange.jose.BoundedJson;
import dev.octosts.exchange.jose.MalformedException;
import dev.octosts.policy.Claims;
import dev.octosts.policy.Formats;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The identity provider of the operators: verifies its tokens, and knows where people log in. It shares nothing with
 * the issuers of workloads, neither caches nor budgets, so that no caller of the exchange can keep operators out. The
 * provider may be down when this is made, and may change its keys at any time.
 */
public final class OperatorProvider implements AutoCloseable {

    private static final int MOST_VALUES = 5_000;
    private static final int MOST_CALLERS = 64;
    private static final long MEMORY = 4L * 1024 * 1024;
    private static final WorkQueue.Limits WORK = new WorkQueue.Limits(64, 64, Duration.ofSeconds(4));
    private static final Duration FRESH = Duration.ofMinutes(15);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String issuer;
    private final Clock clock;
    private final IssuerClient client;
    private final TokenVerifier.Budgets budgets;
    private final TokenVerifier verifier;
    private volatile @Nullable Known known;

    /**
     * A provider that nobody has called yet.
     *
     * @param issuer exactly as its tokens name it. The operator chose it, so it may be in a private network
     * @param egress how calls leave this process
     * @param clock judges tokens' times
     */
    public OperatorProvider(String issuer, Egress egress, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
        var permitted = new PermittedIssuers(Set.of(issuer), true, true, PermittedIssuers.Lifetimes.standard());
        var none = IssuersFile.none();
        var reputation = new Reputation(permitted, none, clock);
        this.client = new IssuerClient(permitted, none, reputation, egress);
        this.budgets = new TokenVerifier.Budgets(
                new MemoryBudget(MEMORY, TimeUnit.SECONDS.toNanos(1), System::nanoTime),
                MOST_CALLERS,
                new WorkQueue("operators-", 1, WORK));
        this.verifier = new TokenVerifier(permitted, none, reputation, client, IssuerEvents.none(), clock, budgets);
    }

    /** What the check of a token says. */
    public sealed interface OperatorCheck {

        /**
         * The provider vouches for it. Its audience was not checked.
         *
         * @param claims what it says
         * @param expiresAt until when
         */
        record Valid(Claims claims, Instant expiresAt) implements OperatorCheck {}

        /**
         * It is no valid token of this provider.
         *
         * @param why for the log; nothing of the token's text
         */
        record Refused(String why) implements OperatorCheck {}

        /**
         * The provider does not answer, or too many checks wait.
         *
         * @param why for the log
         */
        record Unavailable(String why) implements OperatorCheck {}
    }

    /**
     * Where people log in.
     *
     * @param authorization where a browser is sent
     * @param token where a code is redeemed
     * @param endSession where a login at the provider ends; empty when the provider does not say
     * @param secretInForm whether the client's secret is part of the form, because the provider takes it no other way
     */
    public record Endpoints(URI authorization, URI token, Optional<URI> endSession, boolean secretInForm) {}

    private record Known(Endpoints endpoints, Instant since) {}

    /** The provider's name. */
    public String issuer() {
        return issuer;
    }

    /** Verifies a token. Calls the provider when its keys are not known, or when the token names one that is not. */
    public OperatorCheck check(String token) {
        return switch (verifier.verify(token)) {
            case Verification.Verified(var verified)
            when verified.claims().issuer().equals(issuer) ->
                new OperatorCheck.Valid(verified.claims(), verified.expiry());
            case Verification.Verified _ -> new OperatorCheck.Refused("it is of another issuer");
            case Verification.Busy _ -> new OperatorCheck.Unavailable("too many checks wait");
            case Verification.Rejected(var reason, var detail)
            when reason == Verification.Reason.PROVIDER_UNAVAILABLE -> new OperatorCheck.Unavailable(detail);
            case Verification.Rejected(var _, var detail) -> new OperatorCheck.Refused(detail);
        };
    }

    /**
     * Where people log in, as the provider said within a quarter of an hour; its last word when it does not answer.
     *
     * @throws ProviderUnavailableException when it has not answered yet, or when its answer cannot be used
     */
    public Endpoints endpoints() throws ProviderUnavailableException {
        Known last = known;
        if (last != null && clock.instant().isBefore(last.since().plus(FRESH))) {
            return last.endpoints();
        }
        try {
            var fetched = fetched();
            known = new Known(fetched, clock.instant());
            return fetched;
        } catch (IssuerException | MalformedException failed) {
            if (last != null) {
                return last.endpoints();
            }
            throw new ProviderUnavailableException(String.valueOf(failed.getMessage()), failed);
        }
    }

    private Endpoints fetched() throws IssuerException, MalformedException {
        var base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        byte[] json = client.fetch(issuer, URI.create(base + ProviderMetadata.WELL_KNOWN), Deadline.in(PATIENCE));
        Map<String, @Nullable Object> document = BoundedJson.object(json, MOST_VALUES);
        if (!issuer.equals(document.get("issuer"))) {
            throw new MalformedException("the discovery document is of another issuer");
        }
        return new Endpoints(
                address(document, "authorization_endpoint"),
                address(document, "token_endpoint"),
                document.containsKey("end_session_endpoint")
                        ? Optional.of(address(document, "end_session_endpoint"))
                        : Optional.empty(),
                document.get("token_endpoint_auth_methods_supported") instanceof List<?> methods
                        && !methods.contains("client_secret_basic")
                        && methods.contains("client_secret_post"));
    }

    /** A code and the client's secret travel over TLS, unless the operator chose a provider without it. */
    private URI address(Map<String, @Nullable Object> document, String name) throws MalformedException {
        if (document.get(name) instanceof String text
                && Formats.isEndpoint(text)
                && (text.startsWith("https://") || issuer.startsWith("http://"))) {
            return URI.create(text);
        }
        throw new MalformedException(name + " is no https address");
    }

    @Override
    public void close() {
        client.close();
        budgets.work().close();
    }
}
