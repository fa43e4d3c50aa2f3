package dev.octosts.app.audit;

import dev.octosts.exchange.spi.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Keeps records for good: they are appended in one chain, and never changed. */
public interface AuditStore {

    /**
     * A record as the store has it.
     *
     * @param link its place, as stored
     * @param previous the hash of the link before it, as stored
     * @param record what it says
     */
    record Stored(ChainLink link, String previous, AuditRecord record) {}

    /**
     * Appends records in their order: all of them or none. They are committed when this returns.
     *
     * @param records may be empty: then it is only tried whether the store works
     * @param again whether some of them may be in the store already; these are left out
     * @return the end of the chain
     */
    ChainLink append(List<AuditRecord> records, boolean again) throws StoreException;

    /**
     * Makes room for the next days, and drops the days that are older than the retention. A drop leaves a record.
     *
     * @param retention empty to keep everything
     */
    void maintain(Optional<Duration> retention) throws StoreException;

    /**
     * Takes the next records into the counts by day that overviews are made of.
     *
     * @return whether there are probably more
     */
    boolean count() throws StoreException;

    /**
     * Reads the records in the order of the chain.
     *
     * @param reader returns whether to go on
     */
    void read(Predicate<Stored> reader) throws StoreException;
}
