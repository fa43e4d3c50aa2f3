package dev.octosts.app.deny;

import dev.octosts.exchange.spi.DenyRule;
import dev.octosts.exchange.spi.StoreException;
import java.time.Instant;
import java.util.List;

/** Keeps the deny rules for all replicas. Each change is one transaction with its audit record. */
public interface DenyStore {

    /** What replicas get when the rules have changed, in the form of their other notifications. */
    String CHANGED = "operator deny-rules -";

    /** As many rules as there may be: each exchange looks at those that may concern it. */
    int MAXIMUM = 1_000;

    /**
     * A rule as it is kept.
     *
     * @param rule the rule
     * @param madeBy who made it
     * @param madeAt when
     */
    record Kept(DenyRule rule, String madeBy, Instant madeAt) {}

    /** Counts the changes. */
    long version() throws StoreException;

    /** All rules, the oldest first, those that have ended included. */
    List<Kept> rules() throws StoreException;

    /**
     * Adds a rule.
     *
     * @throws StoreException also when there are {@link #MAXIMUM} rules
     */
    void add(DenyRule rule, String by) throws StoreException;

    /**
     * Removes a rule.
     *
     * @param why for the audit
     * @return whether there was one
     */
    boolean remove(String id, String by, String why) throws StoreException;
}
