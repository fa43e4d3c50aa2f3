package dev.octosts.probers.probe;

import dev.octosts.probers.ExchangeAnswer;
import dev.octosts.probers.PrintableText;
import java.util.Optional;

/** The outcome of a check. No text in it contains a token, whatever a service answered. */
public sealed interface CheckOutcome {

    /** The answer was as expected. */
    record Passed() implements CheckOutcome {}

    /**
     * The question was not asked, or the answer proves nothing.
     *
     * @param reason the reason, and what to do to have it asked
     */
    record Skipped(String reason) implements CheckOutcome {

        public Skipped {
            reason = PrintableText.withoutTokens(reason);
        }
    }

    /**
     * The answer was not as expected, to the harm of the customer.
     *
     * @param seen the actual result
     * @param requestId the id of the request in the service's log; empty when no request failed, or the service gave
     *     none
     */
    record Failed(String seen, Optional<String> requestId) implements CheckOutcome {

        public Failed {
            seen = PrintableText.withoutTokens(seen);
            requestId = requestId.map(PrintableText::withoutTokens);
        }

        /** A failure that no single request caused. */
        public Failed(String seen) {
            this(seen, Optional.empty());
        }

        /** A failure because the service refused. */
        static Failed refused(String how, ExchangeAnswer.Refused refused) {
            return new Failed(how + ": " + refused.asGrpcError() + refused.requestNote(), refused.requestId());
        }
    }

    /**
     * The service or GitHub granted more than it may: the most severe alarm.
     *
     * @param seen the permission that was granted
     */
    record Breached(String seen) implements CheckOutcome {

        public Breached {
            seen = PrintableText.withoutTokens(seen);
        }
    }

    /** The name of the kind, in lower case. */
    default String kind() {
        return switch (this) {
            case Passed _ -> "passed";
            case Skipped _ -> "skipped";
            case Failed _ -> "failed";
            case Breached _ -> "breached";
        };
    }

    /** The actual result, or why the check was skipped; empty when all is well. */
    default String detail() {
        return switch (this) {
            case Passed _ -> "";
            case Skipped(var reason) -> reason;
            case Failed failed -> failed.seen();
            case Breached(var seen) -> seen;
        };
    }

    /** The id of the request in the service's log; empty when no request failed, or the service gave none. */
    default Optional<String> request() {
        return this instanceof Failed failed ? failed.requestId() : Optional.empty();
    }

    /** Whether the outcome is an alarm. */
    default boolean isAlarm() {
        return switch (this) {
            case Passed _, Skipped _ -> false;
            case Failed _, Breached _ -> true;
        };
    }
}
