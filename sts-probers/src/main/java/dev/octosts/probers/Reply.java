package dev.octosts.probers;

import java.util.Optional;
import java.util.regex.Pattern;

/** What came of an HTTP call. */
sealed interface Reply {

    /**
     * Somebody answered.
     *
     * @param body at most {@link BoundedBody#LIMIT} bytes; may hold a secret
     * @param retryAfter the header of that name as it came
     * @param location where the answer points to instead
     * @param requestId what the service calls this request in its log; empty when it says nothing, or something else
     */
    record Answered(
            int status, String body, Optional<String> retryAfter, Optional<String> location, Optional<String> requestId)
            implements Reply {

        /** The service's words go into logs and onto terminals: only this form is passed on. */
        private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");

        public Answered {
            requestId = requestId.filter(id -> REQUEST_ID.matcher(id).matches());
        }

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
