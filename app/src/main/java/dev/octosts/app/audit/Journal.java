package dev.octosts.app.audit;

import dev.octosts.exchange.spi.AuditRecorder;

/** Takes every record of the service on its way to the audit store. */
public interface Journal extends AuditRecorder, AutoCloseable {

    /** Keeps a record of something else than an exchange, as well as it can. */
    void note(AuditRecord record);

    /** How far the store is behind. */
    Status status();

    /** Writes what waits, for a limited time, and ends. */
    @Override
    void close();

    /**
     * The state of the journal.
     *
     * @param written records that the store has taken from this process
     * @param lost records of exchanges without a token that could not be kept
     * @param waiting records that the store does not have yet
     * @param spoolBytes the size of the spool on disk
     * @param lagMillis for how long the oldest of them has waited
     * @param storeWorks whether the store took what it was last given
     */
    record Status(long written, long lost, long waiting, long spoolBytes, long lagMillis, boolean storeWorks) {}
}
