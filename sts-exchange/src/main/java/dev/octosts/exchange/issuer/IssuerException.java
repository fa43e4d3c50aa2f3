package dev.octosts.exchange.issuer;

import dev.octosts.policy.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when an issuer gave no usable answer. The message is for the log: it is one printable line and contains
 * nothing of a token.
 */
public class IssuerException extends Exception {
    private static final long serialVersionUID = 1L;

    IssuerException(String message, @Nullable Throwable cause) {
        super(SafeText.ascii(message), cause);
    }

    IssuerException(String message) {
        this(message, null);
    }
}
