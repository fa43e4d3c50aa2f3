package dev.octosts.app.usage;

import dev.octosts.app.audit.AuditRecord;
import dev.octosts.exchange.spi.StoreException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Keeps what tokens of this service were used for, as long as the retention says, and each event once. */
public interface UsageStore extends UsageReading {

    /** What a time is known of. */
    enum Kind {
        /** Some events of the audit log. */
        LOG,
        /** The requests to the API, too. */
        API;

        /** The name in the database. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A time of which the audit log of an account is known.
     *
     * @param owner in lower case
     */
    record Window(String owner, Kind kind, Instant from, Instant until) {}

    /**
     * What became of some events.
     *
     * @param stored those that are new
     * @param repeated those that are there already
     * @param others those of tokens that this service did not grant, and those that are older than the retention
     */
    record Added(long stored, long repeated, long others) {}

    /**
     * An event of a token, with what is known of the token.
     *
     * @param event what it did
     * @param run the workflow run that got the token; empty when that is not known
     * @param grant the record of its exchange
     */
    record Used(UsageEvent event, String run, AuditRecord grant) {}

    /** Adds events, all of them or none. They are committed when this returns. */
    Added add(List<UsageEvent> events) throws StoreException;

    /** Notes that times are known. Accounts without any record of an exchange are left out. */
    void cover(Collection<Window> windows) throws StoreException;

    /** Forgets what is older than the retention. */
    void sweep() throws StoreException;
}
