package dev.octosts.probers.load;

import dev.octosts.probers.ExchangeAnswer.Token;
import dev.octosts.probers.Revocation;
import dev.octosts.probers.TokenRevoker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Gives tokens back in parallel to the load, so that the time does not count. When it cannot keep up, it slows the
 * callers down.
 */
final class RevocationQueue implements AutoCloseable {

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
                    if (revoker.revoke(token) instanceof Revocation.Failed) {
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
