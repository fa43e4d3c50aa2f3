package dev.octosts.traces;

import dev.octosts.api.trace.Tracer.Totals;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Spans that wait for the collector. Who ends a span never waits: when the queue is full, the span is dropped and
 * counted. One thread sends.
 */
final class SpanQueue implements SpanProcessor {

    /** It writes a trace of the stack, and the address of the collector, for each failure. {@link Losses} says it. */
    private static final Logger EXPORTERS = Logger.getLogger("io.opentelemetry.exporter");

    private static final Logger SENDER = Logger.getLogger("io.opentelemetry.exporter.sender.jdk.internal");

    private static final Duration AFTER_INTERRUPT = Duration.ofMillis(500);

    private final SpanExporter exporter;
    private final Duration patience;
    private final Limits limits;
    private final Losses losses;
    private final ArrayBlockingQueue<ReadableSpan> waiting;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong overflowed = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Thread sending;
    private volatile boolean ended;

    /**
     * The limits of a queue.
     *
     * @param spans how many wait at most
     * @param batch how many are sent at a time
     * @param pause how long a span waits for others
     * @param lastChance how long the end waits for the collector
     */
    record Limits(int spans, int batch, Duration pause, Duration lastChance) {

        static final Limits USUAL = new Limits(2_048, 512, Duration.ofSeconds(1), Duration.ofSeconds(3));
    }

    /** @param patience how long the exporter may take for a batch, with all that it repeats */
    SpanQueue(SpanExporter exporter, Duration patience, Limits limits, Losses losses) {
        this.exporter = exporter;
        this.patience = patience;
        this.limits = limits;
        this.losses = losses;
        this.waiting = new ArrayBlockingQueue<>(limits.spans());
        EXPORTERS.setLevel(Level.OFF);
        SENDER.setLevel(Level.OFF);
        this.sending = Thread.ofPlatform().daemon().name("traces").start(this::work);
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        // isStartRequired
    }

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (!span.getSpanContext().isSampled()) {
            return;
        }
        if (ended || !waiting.offer(span)) {
            overflowed.incrementAndGet();
        } else if (waiting.size() == limits.batch()) {
            LockSupport.unpark(sending);
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    Totals totals() {
        return new Totals(sent.get(), overflowed.get(), failed.get());
    }

    private void work() {
        while (!ended) {
            LockSupport.parkNanos(limits.pause().toNanos());
            sendAll();
            losses.look(overflowed.get() + failed.get());
        }
        sendAll();
    }

    private void sendAll() {
        var batch = new ArrayList<SpanData>();
        while (!waiting.isEmpty() && !Thread.currentThread().isInterrupted()) {
            batch.clear();
            for (var span = waiting.poll();
                    span != null;
                    span = batch.size() < limits.batch() ? waiting.poll() : null) {
                batch.add(span.toSpanData());
            }
            send(batch);
        }
    }

    private void send(List<SpanData> batch) {
        CompletableResultCode result;
        try {
            result = exporter.export(batch);
        } catch (RuntimeException fault) {
            failed.addAndGet(batch.size());
            losses.because(fault.getClass().getName());
            return;
        }
        result.join(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (result.isSuccess()) {
            sent.addAndGet(batch.size());
        } else {
            failed.addAndGet(batch.size());
            losses.because(result.isDone() ? reason(result.getFailureThrowable()) : "the collector does not answer");
        }
    }

    /** Never the text of an exception or of an answer, which may contain anything. */
    private static String reason(@Nullable Throwable failure) {
        if (failure instanceof HttpExportException http) {
            var answer = http.getResponse();
            if (answer != null) {
                return "the collector answered with status " + answer.getStatusCode();
            }
            Throwable cause = http.getCause();
            if (cause != null) {
                return "the collector cannot be reached (" + cause.getClass().getSimpleName() + ")";
            }
        }
        return "the collector cannot be reached";
    }

    /** Sends what waits, for as long as {@link Limits#lastChance} says. What is left then is counted as lost. */
    @Override
    public void close() {
        ended = true;
        LockSupport.unpark(sending);
        try {
            if (!sending.join(limits.lastChance())) {
                sending.interrupt();
                sending.join(AFTER_INTERRUPT);
            }
        } catch (InterruptedException hurried) {
            sending.interrupt();
            Thread.currentThread().interrupt();
        }
        failed.addAndGet(waiting.size());
        waiting.clear();
        losses.end(overflowed.get() + failed.get());
        var _ = exporter.shutdown();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }
}
