package dev.octosts.exchange.issuer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import org.eclipse.microprofile.faulttolerance.Retry;

/**
 * Repeats a call to an issuer when that may help; {@link IssuerClient} says when it may not. It is a bean because the
 * container implements the annotation; everything behind it makes one attempt. Bulkhead and back-off are keyed by
 * issuer, which an annotation cannot be: see {@code KeyCache}.
 */
@ApplicationScoped
public class RetryingIssuerDocuments implements IssuerDocuments {
    private final IssuerDocuments client;

    /** For the container's client proxy, on which no method of this class runs. */
    protected RetryingIssuerDocuments() {
        this.client = (_, address, _) -> {
            throw new IllegalStateException("no client for " + address);
        };
    }

    /** Over this client. */
    @Inject
    public RetryingIssuerDocuments(IssuerClient client) {
        this.client = client;
    }

    @Override
    @Retry(maxRetries = 2, delay = 100, jitter = 50, maxDuration = 5000, retryOn = IssuerException.Transient.class)
    public byte[] fetch(String issuer, URI address, Deadline deadline) throws IssuerException {
        return client.fetch(issuer, address, deadline);
    }
}
