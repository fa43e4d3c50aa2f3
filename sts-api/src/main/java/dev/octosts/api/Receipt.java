package dev.octosts.api;

/** What the webhook says to a delivery. */
public sealed interface Receipt {

    /**
     * It is done.
     *
     * @param message what was done
     */
    record Done(String message) implements Receipt {}

    /**
     * It was taken, and there is nothing to do now: the work goes on, or there is none.
     *
     * @param message which of the two
     */
    record Accepted(String message) implements Receipt {}

    /**
     * It was refused, or the work failed; GitHub shows it as failed, and it can be delivered again.
     *
     * @param problem why
     */
    record Refused(Problem problem) implements Receipt {}
}
