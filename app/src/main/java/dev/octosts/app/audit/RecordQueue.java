package dev.octosts.app.audit;

import dev.octosts.exchange.spi.StoreException;
import java.time.Duration;
import java.util.List;

/** Where records wait for the store. Callers put them in; the one {@link StoreWriter} takes them out in order. */
interface RecordQueue extends AutoCloseable {

    /**
     * Keeps the record of a token; returns when it cannot be lost any more, as the operator understands that.
     *
     * @throws StoreException when it may be lost
     */
    void keep(AuditRecord record) throws StoreException;

    /** Takes another record, if there is room. */
    boolean offer(AuditRecord record);

    /** Whether {@link #keep} may succeed now. */
    boolean isReady();

    /**
     * The next records for the store, at most {@link StoreWriter#BATCH}; the same ones again until they are {@link
     * #written}. Empty when none comes within the time.
     */
    List<AuditRecord> next(Duration wait) throws InterruptedException, StoreException;

    /** The store has the last batch. */
    void written();

    /** The store did not take the last batch. */
    void failed();

    /** Whether the first records may be in the store already, because another process has written them. */
    boolean hasLeftovers();

    /** How many records wait. */
    long waiting();

    /** The bytes on disk. */
    long bytes();

    @Override
    void close();
}
