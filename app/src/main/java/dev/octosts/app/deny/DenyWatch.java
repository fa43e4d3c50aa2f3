package dev.octosts.app.deny;

import dev.octosts.exchange.spi.DenyRule;
import dev.octosts.exchange.spi.DenyRules;
import dev.octosts.exchange.spi.StoreException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the deny rules at hand: an exchange reads one field. A thread of its own looks twice a second whether they have
 * changed, and at once when another process says so. While the database does not answer, the last known rules stay in
 * force; before it has answered once, they are unknown.
 */
public final class DenyWatch implements DenyGuard {

    private static final Logger LOG = LoggerFactory.getLogger(DenyWatch.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration END = Duration.ofSeconds(1);
    private static final long NEVER = -1;

    private final DenyStore store;
    private final Duration look;
    private final LongAdder stops = new LongAdder();
    private final Semaphore news = new Semaphore(0);
    private final Thread thread;
    private volatile DenyRules rules = DenyRules.UNKNOWN;
    private volatile State state = State.UNKNOWN;
    private volatile boolean closed;
    private long version = NEVER;
    private boolean warned;

    /** Watches a store. */
    public DenyWatch(DenyStore store) {
        this(store, LOOK);
    }

    DenyWatch(DenyStore store, Duration look) {
        this.store = store;
        this.look = look;
        this.thread = Thread.ofPlatform().daemon().name("deny-rules").start(this::run);
    }

    private void run() {
        while (!closed) {
            try {
                readIfChanged();
            } catch (StoreException | RuntimeException failed) {
                report(failed);
            }
            try {
                if (news.tryAcquire(look.toNanos(), TimeUnit.NANOSECONDS)) {
                    news.drainPermits();
                }
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    /** The version is read first: rules that change in between are read again with the next look. */
    private void readIfChanged() throws StoreException {
        long now = store.version();
        if (now != version) {
            rules = DenyRules.of(
                    store.rules().stream().map(DenyStore.Kept::rule).toList());
            if (version != NEVER || !rules.areNone()) {
                LOG.info("{} deny rules are in force", rules.size());
            }
            version = now;
        } else if (state == State.STALE) {
            LOG.info("the deny rules are those of the database again");
        }
        state = State.CURRENT;
    }

    private void report(Exception failed) {
        if (state == State.CURRENT) {
            LOG.warn(
                    "the database does not say whether the deny rules have changed ({}); the last known ones stay in"
                            + " force",
                    failed.getClass().getSimpleName());
            state = State.STALE;
        } else if (state == State.UNKNOWN && !warned) {
            LOG.warn(
                    "the deny rules are not known yet: the database does not answer; exchanges are refused until then");
            warned = true;
        }
    }

    @Override
    public DenyRules current() {
        return rules;
    }

    @Override
    public void stopped(DenyRule rule) {
        stops.increment();
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public long stops() {
        return stops.sum();
    }

    @Override
    public void lookAgain() {
        news.release();
    }

    @Override
    public void close() {
        closed = true;
        lookAgain();
        try {
            // A look that has begun ends before the database is closed.
            thread.join(END.toMillis());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
