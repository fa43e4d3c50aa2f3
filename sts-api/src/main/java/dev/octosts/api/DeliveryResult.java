package dev.octosts.api;

/** The answer of the webhook to a delivery. */
public sealed interface DeliveryResult {

    /**
     * The work is done.
     *
     * @param message what was done
     */
    record Done(String message) implements DeliveryResult {}

    /**
     * The delivery was accepted, and there is nothing to wait for: the work goes on, or there is none.
     *
     * @param message which of the two
     */
    record Accepted(String message) implements DeliveryResult {}

    /**
     * The delivery was refused, or the work failed. GitHub shows it as failed, and it can be delivered again.
     *
     * @param problem why
     */
    record Refused(Problem problem) implements DeliveryResult {}
}
