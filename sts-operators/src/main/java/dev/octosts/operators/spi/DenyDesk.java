package dev.octosts.operators.spi;

import dev.octosts.exchange.spi.DenyRule;
import dev.octosts.exchange.spi.StoreException;
import java.time.Instant;
import java.util.List;

/** The rules that stop callers. Each change is on record, in the same transaction. */
public interface DenyDesk {

    /**
     * A rule as it is kept.
     *
     * @param rule the rule
     * @param madeBy who made it
     * @param madeAt when
     */
    record Listed(DenyRule rule, String madeBy, Instant madeAt) {}

    /** Whether there is a place to keep rules. Never changes. */
    boolean isOn();

    /** All rules, the oldest first, those that have ended included. */
    List<Listed> rules() throws StoreException;

    /** Adds a rule. */
    void add(DenyRule rule, String by) throws StoreException;

    /**
     * Removes a rule.
     *
     * @return whether there was one
     */
    boolean remove(String id, String by, String why) throws StoreException;
}
