package dev.octosts.probers.load;

import dev.octosts.probers.ExchangeAnswer;
import dev.octosts.probers.ExchangeAnswer.Token;
import dev.octosts.probers.IdentityToken;
import dev.octosts.probers.IdentityTokenSource;
import dev.octosts.probers.IdentityTokenSource.Result;
import dev.octosts.probers.PrintableText;
import dev.octosts.probers.StsClient;
import dev.octosts.probers.TokenRevoker;
import dev.octosts.probers.TokenRevoker.RevocationResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Makes exchanges at a given rate, whether or not earlier ones have ended (an open loop). A service that stalls gets
 * the same arrivals as from real callers, and the wait of each counts. Every token is given back.
 */
public final class LoadGenerator {

    private static final Duration LONGEST_CALL = Duration.ofMinutes(10);
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration LATE = Duration.ofMillis(10);
    private static final Duration FRESH = Duration.ofSeconds(60);
    private static final Duration PROGRESS = Duration.ofSeconds(1);
    private static final int DIGITS = 3;
    private static final int MOST_KINDS = 20;
    private static final double NANOS = 1e9;
    private static final double MICROS_IN_MILLI = 1_000.0;

    private final Subject subject;
    private final LoadPlan plan;
    private final RevocationQueue returns;
    private final ConcurrentHistogram latency = new ConcurrentHistogram(LONGEST_CALL.toNanos() / 1_000, DIGITS);
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
    private final LongAdder late = new LongAdder();
    private final AtomicLong next = new AtomicLong();
    private volatile Optional<IdentityToken> identityToken = Optional.empty();

    /**
     * The exchange to make, and the clients to make it with.
     *
     * @param audience the audience of identity tokens
     */
    public record Subject(
            StsClient sts,
            TokenRevoker revoker,
            IdentityTokenSource tokens,
            String audience,
            String scope,
            String identity) {}

    private LoadGenerator(Subject subject, LoadPlan plan, RevocationQueue returns) {
        this.subject = subject;
        this.plan = plan;
        this.returns = returns;
    }

    /**
     * Makes the load, and returns when every token was given back.
     *
     * @param progress receives a line each second
     * @throws InterruptedException when the thread was interrupted; the tokens were given back
     */
    public static LoadReport run(Subject subject, LoadPlan plan, Consumer<String> progress)
            throws InterruptedException {
        LoadGenerator generator;
        LoadReport report;
        var returns = new RevocationQueue(subject.revoker());
        try (returns) {
            generator = new LoadGenerator(subject, plan, returns);
            report = generator.make(progress);
        }
        if (returns.failed() > 0) {
            progress.accept(returns.failed() + " tokens were not given back; they live for up to an hour");
        }
        return report;
    }

    private LoadReport make(Consumer<String> progress) throws InterruptedException {
        if (!renew()) {
            return new LoadReport(latency, counts(), 0, Duration.ZERO);
        }
        long begun = System.nanoTime();
        long end = begun + plan.duration().plus(GRACE).toNanos();
        var callers = new ArrayList<Thread>();
        var beside = new ArrayList<Thread>();
        try {
            beside.add(Thread.ofVirtual().start(this::keepFresh));
            beside.add(Thread.ofVirtual().start(() -> tell(begun, progress)));
            long number = Math.min(plan.concurrency(), plan.exchanges());
            for (long i = 0; i < number; i++) {
                callers.add(Thread.ofVirtual().start(() -> call(begun, end)));
            }
            for (Thread caller : callers) {
                caller.join();
            }
        } finally {
            callers.forEach(Thread::interrupt);
            beside.forEach(Thread::interrupt);
        }
        long unsent = plan.exchanges() - Math.min(next.get(), plan.exchanges());
        if (unsent > 0) {
            errors.computeIfAbsent("not sent in time: too few at a time for the rate", _ -> new LongAdder())
                    .add(unsent);
        }
        return new LoadReport(latency, counts(), late.sum(), Duration.ofNanos(System.nanoTime() - begun));
    }

    private void call(long begun, long end) {
        try {
            while (System.nanoTime() < end) {
                long number = next.getAndIncrement();
                if (number >= plan.exchanges()) {
                    return;
                }
                long due = begun + plan.due(number);
                long early = due - System.nanoTime();
                if (early > 0) {
                    Thread.sleep(Duration.ofNanos(early));
                } else if (-early > LATE.toNanos()) {
                    late.increment();
                }
                exchange(due);
            }
        } catch (InterruptedException _) {
            // the process was asked to end
        }
    }

    private void exchange(long due) throws InterruptedException {
        var token = identityToken;
        if (token.isEmpty()) {
            error("no identity token");
            return;
        }
        switch (subject.sts().exchange(token.get(), subject.scope(), subject.identity())) {
            case Token granted -> {
                long micros = (System.nanoTime() - due) / 1_000;
                latency.recordValue(Math.clamp(micros, 0, latency.getHighestTrackableValue()));
                returns.giveBack(granted);
            }
            case ExchangeAnswer.Refused refused -> error(refused.asGrpcError());
            case ExchangeAnswer.Unreachable(var reason) -> error(reason);
        }
    }

    private void error(String text) {
        var kind = PrintableText.withoutTokens(text);
        errors.computeIfAbsent(
                        errors.size() < MOST_KINDS || errors.containsKey(kind) ? kind : "others", _ -> new LongAdder())
                .increment();
    }

    private Map<String, Long> counts() {
        return errors.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, count -> count.getValue().sum()));
    }

    private void keepFresh() {
        try {
            while (true) {
                Thread.sleep(FRESH);
                renew();
            }
        } catch (InterruptedException _) {
            // the load is over
        }
    }

    private boolean renew() throws InterruptedException {
        return switch (subject.tokens().obtain(subject.audience())) {
            case Result.Obtained(var token) -> {
                identityToken = Optional.of(token);
                yield true;
            }
            case Result.Missing(var reason) -> {
                error("no identity token: " + reason);
                yield false;
            }
        };
    }

    private void tell(long begun, Consumer<String> progress) {
        try {
            while (true) {
                Thread.sleep(PROGRESS);
                progress.accept(String.format(
                        Locale.ROOT,
                        "%6.1f s  %d granted  %d failed  %d late  p99 %.1f ms",
                        (System.nanoTime() - begun) / NANOS,
                        latency.getTotalCount(),
                        counts().values().stream().mapToLong(Long::longValue).sum(),
                        late.sum(),
                        latency.getValueAtPercentile(99) / MICROS_IN_MILLI));
            }
        } catch (InterruptedException _) {
            // the load is over
        }
    }

    /**
     * Gives tokens back in parallel to the load, so that the time does not count. When it cannot keep up, it slows the
     * callers down.
     */
    private static final class RevocationQueue implements AutoCloseable {

        private static final int WAITING = 10_000;
        private static final int WORKERS = 16;

        private final TokenRevoker revoker;
        private final BlockingQueue<Token> waiting = new ArrayBlockingQueue<>(WAITING);
        private final List<Thread> workers = new ArrayList<>();
        private final LongAdder failed = new LongAdder();
        private volatile boolean closing;

        RevocationQueue(TokenRevoker revoker) {
            this.revoker = revoker;
            for (int i = 0; i < WORKERS; i++) {
                workers.add(Thread.ofVirtual().start(this::work));
            }
        }

        void giveBack(Token token) throws InterruptedException {
            waiting.put(token);
        }

        /** The number of tokens that could not be given back. */
        long failed() {
            return failed.sum();
        }

        private void work() {
            try {
                while (true) {
                    var token = waiting.poll(100, TimeUnit.MILLISECONDS);
                    if (token != null) {
                        if (revoker.revoke(token) instanceof RevocationResult.Failed) {
                            failed.increment();
                        }
                    } else if (closing) {
                        return;
                    }
                }
            } catch (InterruptedException _) {
                // only the end of the process interrupts this thread
            }
        }

        /** Waits until all are given back. */
        @Override
        public void close() {
            closing = true;
            boolean interrupted = Thread.interrupted();
            for (var worker : workers) {
                while (true) {
                    try {
                        worker.join();
                        break;
                    } catch (InterruptedException _) {
                        interrupted = true;
                    }
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
