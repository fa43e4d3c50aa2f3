package dev.octosts.exchange.spi;

import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.GrantedTokens;
import dev.octosts.api.InstallationToken;
import java.util.Optional;

/** Keeps the records of exchanges where the operator wants them kept. */
public interface AuditRecorder {

    /** Keeps nothing. */
    AuditRecorder NONE = new AuditRecorder() {
        @Override
        public boolean isOn() {
            return false;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void keep(ExchangeEvent granted) {}

        @Override
        public void note(ExchangeEvent refused) {}

        @Override
        public void revoked(String sha256, Optional<GrantedTokens.Facts> facts) {}
    };

    /** Whether records are kept at all. Never changes. */
    boolean isOn();

    /**
     * Whether the record of a token could be kept now, as far as that is known. False ends an exchange before its mint.
     */
    boolean isReady();

    /**
     * Keeps the record of a token that is about to be handed out. Returns when it is kept as the operator wants it.
     *
     * @throws StoreException when it may be lost: then nobody may get the token
     */
    void keep(ExchangeEvent granted) throws StoreException;

    /**
     * Keeps a token that is about to be handed out, before its record, where the operator wants to be able to take it
     * back. Returns when it is kept.
     *
     * @throws StoreException when it may be lost: then nobody may get the token
     */
    default void hold(ExchangeEvent granted, InstallationToken token) throws StoreException {}

    /** Keeps the record of an exchange without a token, as well as it can. */
    void note(ExchangeEvent refused);

    /**
     * Keeps the record that a token was revoked by its holder, as well as it can.
     *
     * @param sha256 the digest of the token, in lower-case hexadecimal
     * @param facts who had got it; empty when this process does not know
     */
    void revoked(String sha256, Optional<GrantedTokens.Facts> facts);
}
