package dev.octosts.exchange;

import dev.octosts.api.Problem;
import dev.octosts.api.TurnedAway;
import java.util.Optional;

/**
 * Thrown to end the pipeline of {@link Exchange} early. It is caught at the end of the pipeline, and callers of the
 * exchange get a value. It allows the steps to follow one below the other.
 *
 * @see Refusal
 */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Problem reason;
    private final transient Problem answer;
    private final transient Optional<TurnedAway> turnedAway;

    RefusedException(Problem problem) {
        this(problem, problem);
    }

    /**
     * A refusal whose reason the caller may not know.
     *
     * @param reason for the log and the audit event
     * @param answer for the caller
     */
    RefusedException(Problem reason, Problem answer) {
        this(reason, answer, Optional.empty());
    }

    RefusedException(Problem reason, Problem answer, Optional<TurnedAway> turnedAway) {
        super(reason.message(), null, false, false);
        this.reason = reason;
        this.answer = answer;
        this.turnedAway = turnedAway;
    }

    /** Why the caller gets nothing, in full: for the log and the audit event. */
    Problem reason() {
        return reason;
    }

    /** The part of the reason that the caller may know. */
    Problem answer() {
        return answer;
    }

    /** Which budget was used up; empty when none was. */
    Optional<TurnedAway> turnedAway() {
        return turnedAway;
    }
}
