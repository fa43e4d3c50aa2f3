package dev.octosts.app.audit;

import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.GrantedTokens;
import dev.octosts.api.InstallationToken;
import dev.octosts.api.budget.BusyException;
import dev.octosts.api.budget.RateBudget;
import dev.octosts.app.settings.AuditSettings;
import dev.octosts.exchange.spi.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of a service with a store. Records of granted tokens are kept before their callers go on. All other
 * records are kept as well as the store and the disk allow; what cannot be kept is counted, and the count is kept.
 */
public final class StoredJournal implements Journal {

    private static final Logger LOG = LoggerFactory.getLogger(StoredJournal.class);

    /** Longer than a good database takes, shorter than callers wait. */
    private static final Duration PATIENCE = Duration.ofMillis(2_500);

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LAST_CHANCE = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(20);

    /** Anybody can send tokens that nothing verifies. A flood of them must not fill the database. */
    private static final double UNVERIFIED_PER_SECOND = 20;

    private static final double UNVERIFIED_AT_ONCE = 200;

    private final RecordQueue queue;
    private final StoreWriter writer;
    private final Optional<TokenSafe> safe;
    private final Clock clock;
    private final RateBudget<Boolean> unverified;
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong unreported = new AtomicLong();
    private volatile long reported;

    StoredJournal(RecordQueue queue, AuditStore store, Optional<Duration> retention, Clock clock) {
        this(queue, store, Optional.empty(), retention, clock);
    }

    private StoredJournal(
            RecordQueue queue, AuditStore store, Optional<TokenSafe> safe, Optional<Duration> retention, Clock clock) {
        this.safe = safe;
        this.queue = queue;
        this.clock = clock;
        this.unverified = new RateBudget<>(UNVERIFIED_PER_SECOND, UNVERIFIED_AT_ONCE, 1, System::nanoTime);
        this.reported = System.nanoTime();
        this.writer = new StoreWriter(store, queue, retention, PAUSE, clock);
    }

    /**
     * The journal that the operator wants.
     *
     * @param safe keeps the tokens themselves; empty when they are not kept
     */
    public static Journal of(AuditSettings settings, AuditStore store, Optional<TokenSafe> safe) {
        return switch (settings.mode()) {
            case OFF -> new NoJournal();
            case DURABLE ->
                new StoredJournal(new CommitQueue(PATIENCE), store, safe, settings.retention(), Clock.systemUTC());
            case ASYNC -> {
                try {
                    yield new StoredJournal(
                            Spool.open(settings.spool(), settings.spoolBytes()),
                            store,
                            safe,
                            settings.retention(),
                            Clock.systemUTC());
                } catch (IOException failed) {
                    throw new UncheckedIOException("the audit spool cannot be opened", failed);
                }
            }
        };
    }

    /** Why the spool of these settings cannot be used; empty when it can, or when there is none. */
    public static Optional<String> refused(AuditSettings settings) {
        return settings.mode() == AuditSettings.AuditMode.ASYNC
                ? SpoolFolder.refused(settings.spool())
                        .map(why -> "OCTOSTS_AUDIT_SPOOL: the folder " + settings.spool() + " cannot be used (" + why
                                + "); give one that this user may write and that outlives the process, or set"
                                + " OCTOSTS_AUDIT to durable, which needs none, or to off")
                : Optional.empty();
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public boolean isReady() {
        return queue.isReady();
    }

    @Override
    public void keep(ExchangeEvent granted) throws StoreException {
        queue.keep(AuditRecords.of(granted));
    }

    @Override
    public void hold(ExchangeEvent granted, InstallationToken token) throws StoreException {
        if (safe.isPresent()) {
            safe.get().put(granted, token);
        }
    }

    @Override
    public void note(ExchangeEvent refused) {
        try {
            if (refused.actor().issuer().isEmpty()) {
                unverified.use(true);
            }
        } catch (BusyException flood) {
            lose();
            return;
        }
        note(AuditRecords.of(refused));
    }

    @Override
    public void revoked(String sha256, Optional<GrantedTokens.Facts> facts) {
        note(AuditRecords.revocation(sha256, facts, clock.instant()));
    }

    @Override
    public void note(AuditRecord record) {
        reportLoss();
        if (!queue.offer(record)) {
            lose();
        }
    }

    private void lose() {
        lost.incrementAndGet();
        unreported.incrementAndGet();
        reportLoss();
    }

    /** The count of what was lost is a record itself, at most one a second. */
    private void reportLoss() {
        if (unreported.get() == 0
                || System.nanoTime() - reported < Duration.ofSeconds(1).toNanos()) {
            return;
        }
        reported = System.nanoTime();
        long count = unreported.getAndSet(0);
        if (count > 0 && !queue.offer(AuditRecords.loss(count, "too many, or no room", clock.instant()))) {
            unreported.addAndGet(count);
        }
    }

    @Override
    public Status status() {
        return new Status(
                writer.written(),
                lost.get(),
                queue.waiting(),
                queue.bytes(),
                writer.behind().toMillis(),
                writer.works());
    }

    @Override
    public void close() {
        long end = System.nanoTime() + LAST_CHANCE.toNanos();
        try {
            while (queue.waiting() > 0 && writer.works() && System.nanoTime() - end < 0) {
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        writer.close();
        if (queue.waiting() > 0) {
            LOG.warn(
                    "{} audit records are not in the store{}",
                    queue.waiting(),
                    queue.bytes() > 0 ? "; they are in the spool, for the next start" : "");
        }
        queue.close();
    }

    /** Keeps nothing. */
    public static final class NoJournal implements Journal {

        /** A journal without a store. */
        public NoJournal() {}

        @Override
        public boolean isOn() {
            return false;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void keep(ExchangeEvent granted) {}

        @Override
        public void note(ExchangeEvent refused) {}

        @Override
        public void note(AuditRecord record) {}

        @Override
        public void revoked(String sha256, Optional<GrantedTokens.Facts> facts) {}

        @Override
        public Status status() {
            return new Status(0, 0, 0, 0, 0, true);
        }

        @Override
        public void close() {}
    }
}
