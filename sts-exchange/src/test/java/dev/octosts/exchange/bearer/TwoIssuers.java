package dev.octosts.exchange.bearer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.budget.BusyException;
import dev.octosts.api.budget.MemoryBudget;
import dev.octosts.api.budget.WorkQueue;
import dev.octosts.api.budget.WorkQueue.Standing;
import dev.octosts.exchange.issuer.IssuerDocuments;
import dev.octosts.exchange.issuer.IssuerEvents;
import dev.octosts.exchange.issuer.IssuersFile;
import dev.octosts.exchange.issuer.PermittedIssuers;
import dev.octosts.exchange.issuer.Reputation;
import dev.octosts.sandbox.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A tenant and a stranger who share a verifier, its threads and its memory. */
final class TwoIssuers {
    static final int ANY_NUMBER = Integer.MAX_VALUE;

    final TestIssuer tenant = new TestIssuer("https://tenant.example");
    final TestIssuer stranger = new TestIssuer("https://stranger.example");
    final AtomicInteger remembered = new AtomicInteger();
    final AtomicInteger turnedAway = new AtomicInteger();
    private final WorkQueue work = new WorkQueue("t-", 1, new WorkQueue.Limits(100, 50, Duration.ofMillis(300)));
    final MemoryBudget memory = new MemoryBudget(64L * 1028 * 1024, 0, System::nanoTime);
    final TestClock clock = new TestClock();
    final CountDownLatch over = new CountDownLatch(1);
    final List<Thread> threads = new ArrayList<>();
    final IssuerDocuments both = (issuer, address, deadline) ->
            (address.getHost().equals("tenant.example") ? tenant : stranger).fetch(issuer, address, deadline);
    final IssuerEvents events = new IssuerEvents() {
        @Override
        public void checkRemembered() {
            remembered.incrementAndGet();
        }

        @Override
        public void overloaded() {
            turnedAway.incrementAndGet();
        }
    };
    final TokenVerifier verifier = verifier(memory);

    TokenVerifier verifier(MemoryBudget budget) {
        var permitted = PermittedIssuers.anyPublicIssuer();
        return new TokenVerifier(
                permitted,
                IssuersFile.none(),
                new Reputation(permitted, IssuersFile.none(), clock),
                both,
                events,
                clock,
                new TokenVerifier.Budgets(budget, ANY_NUMBER, work));
    }

    /** Lets everybody go on, and waits for all that was begun. */
    void end() throws InterruptedException {
        over.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        work.close();
    }

    void keepThreadBusy() throws InterruptedException {
        var begun = new CountDownLatch(1);
        threads.add(Thread.ofVirtual().start(() -> {
            try {
                work.run("somebody", Standing.PROVEN, () -> {
                    begun.countDown();
                    await(over);
                    return 1;
                });
            } catch (BusyException _) {
                // The caller's patience ends before the work does.
            }
        }));
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static void until(AtomicInteger counter, int value) {
        Await.until("a count of " + value, () -> counter.get() >= value);
    }
}
