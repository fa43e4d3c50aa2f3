package dev.octosts.exchange.bearer;

import dev.octosts.api.budget.MemoryBudget;
import dev.octosts.api.budget.WorkQueue;
import dev.octosts.exchange.issuer.IssuerDocuments;
import dev.octosts.exchange.issuer.IssuerEvents;
import dev.octosts.exchange.issuer.IssuersFile;
import dev.octosts.exchange.issuer.PermittedIssuers;
import dev.octosts.exchange.issuer.Reputation;
import java.time.Clock;
import java.time.Duration;

/** Verifiers with room for everything. */
public final class TestVerifiers {
    static final TokenVerifier.Budgets AMPLE = new TokenVerifier.Budgets(
            new MemoryBudget(1L << 30, 0, System::nanoTime),
            Integer.MAX_VALUE,
            new WorkQueue("test-signatures-", 2, new WorkQueue.Limits(10_000, 5_000, Duration.ofSeconds(30))));

    private TestVerifiers() {}

    public static TokenVerifier over(IssuerDocuments documents) {
        return of(
                PermittedIssuers.anyPublicIssuer(),
                IssuersFile.none(),
                documents,
                IssuerEvents.none(),
                new TestClock());
    }

    public static TokenVerifier of(
            PermittedIssuers permitted,
            IssuersFile configured,
            IssuerDocuments documents,
            IssuerEvents events,
            Clock clock) {
        return new TokenVerifier(
                permitted, configured, new Reputation(permitted, configured, clock), documents, events, clock, AMPLE);
    }

    public static Reputation reputation(PermittedIssuers permitted, IssuersFile configured) {
        return new Reputation(permitted, configured, Clock.systemUTC());
    }
}
