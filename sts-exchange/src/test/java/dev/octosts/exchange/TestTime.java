package dev.octosts.exchange;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The time that caches go by: it stands still until a test lets it pass. */
public final class TestTime implements LongSupplier {

    private final AtomicLong now = new AtomicLong(42);

    public TestTime() {}

    /** Lets time pass. */
    public void passes(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Override
    public long getAsLong() {
        return now.get();
    }
}
