package dev.octosts.exchange.issuer;

import dev.octosts.api.budget.BusyException;
import dev.octosts.policy.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when an issuer gave no usable answer. The message is for the log: it is one printable line and contains
 * nothing of a token.
 */
public sealed class IssuerException extends Exception {
    private static final long serialVersionUID = 1L;

    IssuerException(String message, @Nullable Throwable cause) {
        super(SafeText.ascii(message), cause);
    }

    IssuerException(String message) {
        this(message, null);
    }

    /** An answer that may be usable in a moment: after a 429, a 5xx, a reset or a time-out. */
    public static final class Transient extends IssuerException {
        private static final long serialVersionUID = 1L;

        public Transient(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The issuer was not called, because the tokens of strangers have already caused enough calls to that site. */
    static final class Busy extends IssuerException {
        private static final long serialVersionUID = 1L;

        private final transient BusyException busy;

        Busy(String message, BusyException busy) {
            super(message, busy);
            this.busy = busy;
        }

        BusyException busy() {
            return busy;
        }
    }
}
