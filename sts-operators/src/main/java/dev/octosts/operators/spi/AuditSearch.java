package dev.octosts.operators.spi;

import dev.octosts.exchange.spi.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Searches the records of the audit. */
public interface AuditSearch {

    /** Whether records are kept at all. Never changes. */
    boolean isOn();

    /**
     * The newest records that fit, the newest first.
     *
     * @param behind only what is older than this place
     * @param most how many at most
     */
    List<AuditEntry> search(AuditFilter filter, Optional<AuditPlace> behind, int most) throws StoreException;

    /** When the oldest record that is kept happened; empty when there is none. */
    Optional<Instant> oldest() throws StoreException;

    /** The record at a place, when it may be seen. */
    Optional<AuditEntry> find(AuditPlace place, Reach reach) throws StoreException;

    /**
     * The policies that records of some days name, in the order of their paths.
     *
     * @param unused only those that have granted nothing in these days
     * @param behind only paths behind this one
     * @param most how many at most
     */
    List<PolicyUse> policies(Reach reach, int days, boolean unused, String behind, int most) throws StoreException;
}
