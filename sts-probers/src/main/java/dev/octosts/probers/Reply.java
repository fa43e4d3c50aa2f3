package dev.octosts.probers;

import java.util.Optional;

/** What came of an HTTP call. */
sealed interface Reply {

    /**
     * Somebody answered.
     *
     * @param body at most {@link BoundedBody#LIMIT} bytes; may hold a secret
     * @param retryAfter the header of that name as it came
     * @param location where the answer points to instead
     */
    record Answered(int status, String body, Optional<String> retryAfter, Optional<String> location) implements Reply {

        @Override
        public String toString() {
            return "Answered[status=" + status + "]";
        }
    }

    /**
     * There was no whole answer.
     *
     * @param reason what happened instead, for people to read
     * @param heals whether time alone may change it
     */
    record Failed(String reason, boolean heals) implements Reply {}

    default boolean mayHeal() {
        return switch (this) {
            case Answered answered -> HttpStatus.heals(answered.status());
            case Failed failed -> failed.heals();
        };
    }
}
