package dev.octosts.exchange.bearer;

import dev.octosts.exchange.bearer.Verification.Reason;
import java.time.Duration;

/** The result of a lookup of an issuer's keys. */
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

    /**
     * The issuer was not asked, or not to the end, because this service is too busy. This says nothing about the
     * issuer.
     *
     * @param retryAfter when another attempt makes sense
     */
    record Busy(Duration retryAfter) implements KeyLookup {}
}
