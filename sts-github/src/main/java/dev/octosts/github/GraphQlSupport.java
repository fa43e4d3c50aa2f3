package dev.octosts.github;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Whether GitHub has GraphQL: not every server does. One that does not is asked once an hour, and not by each read. */
final class GraphQlSupport {

    static final GitHubResult<Map<String, FileContent>> NOTHING = new GitHubResult.Success<>(Map.of());

    private static final long ASKED_AGAIN = Duration.ofHours(1).toNanos();
    private static final long PRESENT = Long.MIN_VALUE;

    private final LongSupplier nanoTime;
    private final AtomicLong missedAt = new AtomicLong(PRESENT);

    GraphQlSupport(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    boolean isMissing() {
        long missed = missedAt.get();
        return missed != PRESENT && nanoTime.getAsLong() - missed < ASKED_AGAIN;
    }

    /** The answer of a server that has no GraphQL. */
    GitHubResult<Map<String, FileContent>> missed() {
        missedAt.set(nanoTime.getAsLong());
        return NOTHING;
    }
}
