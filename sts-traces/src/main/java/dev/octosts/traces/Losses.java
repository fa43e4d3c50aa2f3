package dev.octosts.traces;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator of spans that were lost: the first time at once, then once a minute while there are more. */
final class Losses {

    private static final Logger LOG = LoggerFactory.getLogger(Losses.class);
    private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoTime;
    private final Consumer<String> log;
    private long next;
    private long told;
    private String why = "";

    Losses(LongSupplier nanoTime, Consumer<String> log) {
        this.nanoTime = nanoTime;
        this.log = log;
        this.next = nanoTime.getAsLong();
    }

    static void log(String line) {
        LOG.warn("{}", line);
    }

    /** What the last failure was. */
    void because(String failure) {
        why = failure;
    }

    /** To be called again and again, by one thread, with the number of all that were lost so far. */
    void look(long lost) {
        if (lost > told && nanoTime.getAsLong() - next >= 0) {
            tell(lost);
            next = nanoTime.getAsLong() + PAUSE;
        }
    }

    /** The last look. */
    void end(long lost) {
        if (lost > told) {
            tell(lost);
        }
    }

    private void tell(long lost) {
        log.accept("spans of traces that were lost: " + (lost - told) + ", because "
                + (why.isEmpty() ? "too many waited" : why) + "; exchanges are not affected");
        told = lost;
        why = "";
    }
}
