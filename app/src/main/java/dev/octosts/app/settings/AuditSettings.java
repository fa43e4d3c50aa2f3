package dev.octosts.app.settings;

import dev.octosts.app.audit.SealingKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How records of exchanges are kept.
 *
 * @param mode when a caller may go on
 * @param retention how long records are kept; empty for ever
 * @param spool the folder for records that the database does not have yet
 * @param spoolBytes how large the spool may be
 * @param usageRetention how long it is kept what tokens were used for
 * @param sealing seals the tokens that the operator wants to be able to take back; empty when none are kept
 */
public record AuditSettings(
        AuditMode mode,
        Optional<Duration> retention,
        Path spool,
        long spoolBytes,
        Duration usageRetention,
        Optional<SealingKey> sealing) {

    /** When a caller may go on. */
    public enum AuditMode {
        /** At once: nothing is kept but the log. */
        OFF,
        /** When the record is in the spool. */
        ASYNC,
        /** When the record is committed. */
        DURABLE
    }
}
