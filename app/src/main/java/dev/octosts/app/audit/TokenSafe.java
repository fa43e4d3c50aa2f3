package dev.octosts.app.audit;

import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.InstallationToken;
import dev.octosts.exchange.spi.StoreException;
import java.time.Instant;
import java.util.List;

/** Keeps tokens sealed while they are valid, so that the operator can take them back. */
public interface TokenSafe {

    /** How many tokens {@link #held} returns at most. */
    int MAXIMUM = 10_000;

    /**
     * Whose tokens: all parts that are given have to fit. A {@code *} at the end of the subject stands for any text.
     */
    record TokenHolder(AuditRecord.RecordedTarget target, String issuer, String subject) {}

    /**
     * A token as it is kept.
     *
     * @param holder who got it
     */
    record Sealed(String sha256, String sealed, TokenHolder holder, Instant expiresAt) {}

    /** Keeps a token that is about to be handed out. It is committed when this returns. */
    void put(ExchangeEvent granted, InstallationToken token) throws StoreException;

    /** The valid tokens of a holder, those that are valid the longest first. */
    List<Sealed> held(TokenHolder holder) throws StoreException;

    /** Forgets tokens that are no longer valid. */
    void forget(List<String> sha256s) throws StoreException;

    /** Keeps the record of an operator's act. */
    default void note(AuditRecord act) throws StoreException {
        note(List.of(act));
    }

    /** Keeps records together. */
    void note(List<AuditRecord> acts) throws StoreException;
}
