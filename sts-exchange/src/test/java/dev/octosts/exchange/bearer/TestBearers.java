package dev.octosts.exchange.bearer;

import dev.octosts.api.budget.MemoryBudget;
import dev.octosts.api.budget.WorkQueue;
import java.time.Clock;
import java.time.Duration;

/** Verifiers with room for everything. */
final class TestBearers {
    static final Bearers.Budgets AMPLE = new Bearers.Budgets(
            new MemoryBudget(1L << 30, 0, System::nanoTime),
            Integer.MAX_VALUE,
            new WorkQueue("test-signatures-", 2, new WorkQueue.Limits(10_000, 5_000, Duration.ofSeconds(30))));

    private TestBearers() {}

    static Bearers over(IssuerTransport transport) {
        return of(IssuerRules.anyPublicIssuer(), IssuersFile.none(), transport, IssuerEvents.none(), new TestClock());
    }

    static Bearers of(
            IssuerRules rules, IssuersFile file, IssuerTransport transport, IssuerEvents events, Clock clock) {
        return new Bearers(rules, file, new Reputation(rules, file, clock), transport, events, clock, AMPLE);
    }

    static Reputation reputation(IssuerRules rules, IssuersFile file) {
        return new Reputation(rules, file, Clock.systemUTC());
    }
}
