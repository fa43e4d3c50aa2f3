package dev.octosts.exchange.issuer;

import dev.octosts.api.budget.BusyException;

/**
 * Thrown when an issuer was not called, because the tokens of strangers have already caused enough calls to that site.
 */
final class BusyIssuerException extends IssuerException {
    private static final long serialVersionUID = 1L;

    private final transient BusyException busy;

    BusyIssuerException(String message, BusyException busy) {
        super(message, busy);
        this.busy = busy;
    }

    BusyException busy() {
        return busy;
    }
}
