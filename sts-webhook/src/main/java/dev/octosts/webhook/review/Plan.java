package dev.octosts.webhook.review;

/** The work that an event asks for. */
public sealed interface Plan {

    /**
     * Nothing has to be done, and that is known without a request.
     *
     * @param message why
     */
    record Nothing(String message) implements Plan {}

    /**
     * Nothing is ever done about such events.
     *
     * @param message why
     */
    record Ignored(String message) implements Plan {}

    /**
     * A review.
     *
     * @param task which
     */
    record Review(Task task) implements Plan {}
}
