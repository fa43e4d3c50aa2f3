package dev.octosts.operators.spi;

import dev.octosts.exchange.spi.StoreException;

/** Takes back tokens that were granted. That it is begun, and what came of it, is on record. */
public interface RecallDesk {

    /** How many tokens are tried at a time; a browser waits for it. */
    int MOST = 500;

    /**
     * Whose tokens: all parts that are not empty have to fit. A {@code *} at the end of the subject stands for any
     * text.
     *
     * @param owner the account, in lower case
     * @param repository the bare name, in lower case
     */
    record Holder(String owner, String repository, String identity, String issuer, String subject) {}

    /**
     * What came of it.
     *
     * @param revoked GitHub confirmed it
     * @param gone GitHub did not accept them any more
     * @param unconfirmed GitHub gave another answer, or none; they are still kept
     * @param unreadable sealed with another key; they are still kept
     * @param left they were not tried yet
     */
    record Recalled(long revoked, long gone, long unconfirmed, long unreadable, long left) {}

    /** Whether the service keeps the tokens that it grants. Never changes. */
    boolean isOn();

    /** How many tokens that may be valid it has of a holder. */
    long held(Holder holder) throws StoreException;

    /**
     * Takes back tokens of a holder.
     *
     * @throws StoreException when the database does not answer, or somebody else takes tokens back just now
     */
    Recalled recall(Holder holder, String by, String why) throws StoreException;
}
