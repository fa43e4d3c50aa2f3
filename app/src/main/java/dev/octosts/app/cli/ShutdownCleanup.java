package dev.octosts.app.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command undo its work before the process ends: while it is open, tokens are given back before a signal ends
 * the process.
 */
final class ShutdownCleanup implements AutoCloseable {

    private static final int LONGEST_SECONDS = 20;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    private ShutdownCleanup(Thread worker) {
        hook = Thread.ofPlatform().unstarted(() -> {
            worker.interrupt();
            try {
                // This does not wait for the thread itself to end: the thread may be about to end the process, which
                // waits for this hook.
                var _ = done.await(LONGEST_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    static ShutdownCleanup ofThisThread() {
        var cleanup = new ShutdownCleanup(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(cleanup.hook);
        return cleanup;
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The process is ending already.
        }
    }
}
