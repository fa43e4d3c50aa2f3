package dev.octosts.exchange.issuer;

import dev.octosts.api.AttemptedCall;
import dev.octosts.api.Telemetry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.function.Consumer;
import org.eclipse.microprofile.faulttolerance.Retry;

/**
 * Repeats a call to an issuer when that may help; {@link IssuerClient} says when it may not. It is a bean because the
 * container implements the annotation; everything behind it makes one attempt. Bulkhead and back-off are keyed by
 * issuer, which an annotation cannot be: see {@code KeyCache}.
 */
@ApplicationScoped
public class RetryingIssuerDocuments implements IssuerDocuments {
    private final IssuerDocuments client;
    private final Consumer<AttemptedCall> failed;

    /** For the container's client proxy, on which no method of this class runs. */
    protected RetryingIssuerDocuments() {
        this.client = (_, address, _) -> {
            throw new IllegalStateException("no client for " + address);
        };
        this.failed = _ -> {};
    }

    /** Over this client; {@code telemetry} counts attempts that failed. */
    @Inject
    public RetryingIssuerDocuments(IssuerClient client, Telemetry telemetry) {
        this.client = client;
        this.failed = telemetry::attemptFailed;
    }

    @Override
    @Retry(maxRetries = 2, delay = 100, jitter = 50, maxDuration = 5000, retryOn = IssuerException.Transient.class)
    public byte[] fetch(String issuer, URI address, Deadline deadline) throws IssuerException {
        try {
            return client.fetch(issuer, address, deadline);
        } catch (IssuerException.Transient failure) {
            failed.accept(AttemptedCall.ISSUER);
            throw failure;
        }
    }
}
