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
public final class TestBearers {
    static final TokenVerifier.Budgets AMPLE = new TokenVerifier.Budgets(
            new MemoryBudget(1L << 30, 0, System::nanoTime),
            Integer.MAX_VALUE,
            new WorkQueue("test-signatures-", 2, new WorkQueue.Limits(10_000, 5_000, Duration.ofSeconds(30))));

    private TestBearers() {}

    public static TokenVerifier over(IssuerDocuments transport) {
        return of(
                PermittedIssuers.anyPublicIssuer(),
                IssuersFile.none(),
                transport,
                IssuerEvents.none(),
                new TestClock());
    }

    public static TokenVerifier of(
            PermittedIssuers rules, IssuersFile file, IssuerDocuments transport, IssuerEvents events, Clock clock) {
        return new TokenVerifier(rules, file, new Reputation(rules, file, clock), transport, events, clock, AMPLE);
    }

    public static Reputation reputation(PermittedIssuers rules, IssuersFile file) {
        return new Reputation(rules, file, Clock.systemUTC());
    }
}
