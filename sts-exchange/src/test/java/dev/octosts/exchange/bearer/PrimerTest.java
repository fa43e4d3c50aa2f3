package dev.octosts.exchange.bearer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Egress;
import dev.octosts.exchange.issuer.IssuerClient;
import dev.octosts.exchange.issuer.IssuersFile;
import dev.octosts.exchange.issuer.PermittedIssuers;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class PrimerTest {
    @Test
    void works_with_nothing_but_this_machine_and_exercises_the_transport_without_calling_anybody()
            throws NoSuchAlgorithmException {
        SSLContext tls = SSLContext.getDefault();
        AtomicInteger refusals = new AtomicInteger();
        try (IssuerClient client = new IssuerClient(
                PermittedIssuers.anyPublicIssuer(),
                IssuersFile.none(),
                TestVerifiers.reputation(PermittedIssuers.anyPublicIssuer(), IssuersFile.none()),
                new Egress(tls, Optional.empty()),
                host -> {
                    throw new IllegalStateException("looked up " + host);
                })) {
            TokenVerifier.prime(tls);
            TokenVerifier.exercise((of, address, deadline) -> {
                refusals.incrementAndGet();
                return client.fetch(of, address, deadline);
            });
        }

        assertThat(refusals).hasValue(1);
    }
}
