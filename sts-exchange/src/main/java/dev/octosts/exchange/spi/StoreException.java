package dev.octosts.exchange.spi;

import org.jspecify.annotations.Nullable;

/** A store does not answer, or not in time. */
public final class StoreException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * A failure of a store.
     *
     * @param message what failed; it is logged, so it must not contain the address of the store or its password
     */
    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
