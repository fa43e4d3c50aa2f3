package dev.octosts.exchange.bearer;

import dev.octosts.exchange.bearer.Verification.Reason;

/** Whether an issuer's keys are at hand. */
sealed interface KeyLookup {
    record Available(IssuerKeys keys) implements KeyLookup {}

    /**
     * There are none.
     *
     * @param detail for the log: printable, nothing of a token
     */
    record Unavailable(Reason reason, String detail) implements KeyLookup {
        public Unavailable {
            detail = Printable.escaped(detail);
        }
    }
}
