package dev.octosts.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes each event to a stream before the thread that logs it goes on. When several threads log at the same time, one
 * of them writes for all, with one call for several lines. Logback's own appenders use a lock instead: a virtual thread
 * that was given a lock still waits for its turn on a processor, and under load each thread behind it would wait for
 * one more such turn.
 */
final class LineAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    /** A line has up to some kilobytes. */
    private static final int LINES_OF_A_WRITE = 32;

    private final Encoder<ILoggingEvent> encoder;
    private final OutputStream target;
    private final Queue<Line> waiting = new ConcurrentLinkedQueue<>();

    /** The number of lines that are not written yet. The thread that raises it from 0 writes until it is 0 again. */
    private final AtomicInteger unwritten = new AtomicInteger();

    private boolean failed;

    private static final class Line {
        private final byte[] bytes;
        private final CompletableFuture<Void> written = new CompletableFuture<>();

        Line(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    LineAppender(Encoder<ILoggingEvent> encoder, OutputStream target) {
        this.encoder = encoder;
        this.target = target;
    }

    @Override
    protected void append(ILoggingEvent event) {
        var line = new Line(encoder.encode(event));
        waiting.add(line);
        if (unwritten.getAndIncrement() == 0) {
            writeAll();
        } else {
            line.written.join();
        }
    }

    private void writeAll() {
        int number = unwritten.get();
        do {
            List<Line> lines = next(number);
            try {
                write(joined(lines));
            } finally {
                lines.forEach(line -> line.written.complete(null));
            }
            number = unwritten.addAndGet(-lines.size());
        } while (number > 0);
    }

    /** Takes the lines that one write is for. Every line is in the queue before it is counted. */
    private List<Line> next(int number) {
        var lines = new ArrayList<Line>(number);
        while (lines.size() < Math.min(number, LINES_OF_A_WRITE)) {
            lines.add(waiting.remove());
        }
        return lines;
    }

    private static byte[] joined(List<Line> lines) {
        if (lines.size() == 1) {
            return lines.getFirst().bytes;
        }
        var all = new ByteArrayOutputStream();
        lines.forEach(line -> all.writeBytes(line.bytes));
        return all.toByteArray();
    }

    /** Reports a failing stream once, and goes on: there may be room on the disk again. */
    private void write(byte[] bytes) {
        try {
            target.write(bytes);
            target.flush();
            failed = false;
        } catch (IOException | RuntimeException failure) {
            if (!failed) {
                failed = true;
                addError("a line of the log could not be written", failure);
            }
        }
    }
}
