package dev.octosts.sandbox.trial;

import dev.octosts.sandbox.process.SandboxException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * The callers of an attack, all at once. Each begins at most twenty steps a second. Callers and service share the
 * processors, and without a limit the trial would measure its own callers.
 */
final class Attackers implements AutoCloseable {
    private static final long BETWEEN_STEPS_MILLIS = 50;
    private static final int TO_END_SECONDS = 20;

    private final LongAdder steps = new LongAdder();
    // Platform threads: on virtual ones they would keep the GitHub of this process from its carrier threads.
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());
    private final List<HostileCaller> callers;

    private Attackers(List<HostileCaller> callers) {
        this.callers = callers;
    }

    static Attackers begin(URI service, Attack.Prepared attack, int connections) {
        var callers = Stream.generate(() -> new HostileCaller(service))
                .limit((long) attack.callers() * connections)
                .toList();
        var attackers = new Attackers(callers);
        callers.forEach(caller -> attackers.threads.execute(() -> attackers.run(caller, attack.step())));
        return attackers;
    }

    /** The number of steps that were begun. */
    long steps() {
        return steps.sum();
    }

    private void run(HostileCaller caller, Attack.Step step) {
        long next = System.nanoTime();
        try {
            do {
                steps.increment();
                next += TimeUnit.MILLISECONDS.toNanos(BETWEEN_STEPS_MILLIS);
                perform(caller, step);
                next = Math.max(next, System.nanoTime());
            } while (!caller.ended(Math.max(1, TimeUnit.NANOSECONDS.toMillis(next - System.nanoTime()))));
        } catch (IOException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void perform(HostileCaller caller, Attack.Step step) {
        try {
            step.perform(caller);
        } catch (IOException refused) {
            // The service refused, or closed the connection: it may do so.
        }
    }

    @Override
    public void close() {
        callers.forEach(HostileCaller::close);
        threads.shutdown();
        try {
            if (!threads.awaitTermination(TO_END_SECONDS, TimeUnit.SECONDS)) {
                throw new SandboxException("the callers of an attack do not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
