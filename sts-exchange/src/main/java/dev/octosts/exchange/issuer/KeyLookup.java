package dev.octosts.exchange.issuer;

import dev.octosts.policy.text.SafeText;
import java.time.Duration;

/** The result of a lookup of an issuer's keys. */
public sealed interface KeyLookup {
    record Available(IssuerKeys keys) implements KeyLookup {}

    /**
     * There are none.
     *
     * @param missing what the issuer did not give
     * @param detail for the log: printable, nothing of a token
     */
    record Unavailable(Missing missing, String detail) implements KeyLookup {
        public Unavailable {
            detail = SafeText.ascii(detail);
        }
    }

    /** What an issuer did not give. */
    enum Missing {
        /** Its provider metadata, so it may be no issuer at all. */
        METADATA,
        KEYS
    }

    /**
     * The issuer was not asked, or not to the end, because this service is too busy. This says nothing about the
     * issuer.
     *
     * @param retryAfter when another attempt makes sense
     */
    record Busy(Duration retryAfter) implements KeyLookup {}
}
