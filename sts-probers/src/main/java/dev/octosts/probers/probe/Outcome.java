package dev.octosts.probers.probe;

import dev.octosts.probers.ExchangeAnswer;
import dev.octosts.probers.Redaction;
import java.util.Optional;

/** What came of a check. No text in it holds a token, whatever a service answered. */
public sealed interface Outcome {

    /** As it should be. */
    record Passed() implements Outcome {}

    /**
     * It was not asked, or the answer says nothing.
     *
     * @param reason why, and what to do to have it asked
     */
    record Skipped(String reason) implements Outcome {

        public Skipped {
            reason = Redaction.of(reason);
        }
    }

    /**
     * Not as it should be, to the customer's harm.
     *
     * @param seen what was there instead
     * @param requestId what finds the request in the service's log; empty when no request failed, or the service gave
     *     none
     */
    record Failed(String seen, Optional<String> requestId) implements Outcome {

        public Failed {
            seen = Redaction.of(seen);
            requestId = requestId.map(Redaction::of);
        }

        /** No single request failed. */
        public Failed(String seen) {
            this(seen, Optional.empty());
        }

        /** The service refused. */
        static Failed refused(String how, ExchangeAnswer.Refused refused) {
            return new Failed(how + ": " + refused.asGrpcError() + refused.requestNote(), refused.requestId());
        }
    }

    /**
     * Something was granted that must not be: the loudest alarm.
     *
     * @param seen what was granted
     */
    record Breached(String seen) implements Outcome {

        public Breached {
            seen = Redaction.of(seen);
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

    /** What was seen, or why it was not looked at; empty when all is well. */
    default String detail() {
        return switch (this) {
            case Passed _ -> "";
            case Skipped(var reason) -> reason;
            case Failed failed -> failed.seen();
            case Breached(var seen) -> seen;
        };
    }

    /** What finds the request in the service's log; empty when no request failed, or the service gave none. */
    default Optional<String> request() {
        return this instanceof Failed failed ? failed.requestId() : Optional.empty();
    }

    /** Whether it is an alarm. */
    default boolean isAlarm() {
        return switch (this) {
            case Passed _, Skipped _ -> false;
            case Failed _, Breached _ -> true;
        };
    }
}
