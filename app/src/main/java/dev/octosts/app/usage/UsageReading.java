package dev.octosts.app.usage;

import dev.octosts.app.audit.AuditRecord;
import dev.octosts.app.usage.UsageStore.Used;
import dev.octosts.app.usage.UsageStore.Window;
import dev.octosts.exchange.spi.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a report is made of: of all policies, or of one. */
public interface UsageReading {

    /** The known times, the latest last. */
    List<Window> windows() throws StoreException;

    /** Reads the records of granted tokens and of policies, from the oldest on. */
    void records(Consumer<AuditRecord> reader) throws StoreException;

    /** Reads what tokens did, from the oldest event on. */
    void used(Instant since, Consumer<Used> reader) throws StoreException;

    /** When workflow runs ended that got tokens: the times by run. */
    Map<String, List<Instant>> endedRuns(Instant since) throws StoreException;

    /** Whether all events were read, as far as {@link #used} has come. */
    default boolean isWhole() {
        return true;
    }
}
