package dev.octosts.exchange.issuer;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when an issuer gave no usable answer, but may give one in a moment: after a 429, a 5xx, a reset or a time-out.
 */
public final class TransientIssuerException extends IssuerException {
    private static final long serialVersionUID = 1L;

    public TransientIssuerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
