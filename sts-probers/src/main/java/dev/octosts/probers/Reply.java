package dev.octosts.probers;

import java.util.Optional;
import java.util.regex.Pattern;

/** The result of an HTTP call. */
sealed interface Reply {

    /**
     * A server answered.
     *
     * @param body at most {@link BoundedBody#LIMIT} bytes; may hold a secret
     * @param retryAfter the header of that name as it came
     * @param location the address that the answer redirects to
     * @param requestId the id of this request in the service's log; empty when the service gives none, or one of
     *     another form
     */
    record Answered(
            int status, String body, Optional<String> retryAfter, Optional<String> location, Optional<String> requestId)
            implements Reply {

        /** The service's words go into logs and onto terminals, so only this form is passed on. */
        private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");

        public Answered {
            requestId = requestId.filter(id -> REQUEST_ID.matcher(id).matches());
        }

        boolean isRedirect() {
            return status / 100 == 3;
        }

        @Override
        public String toString() {
            return "Answered[status=" + status + "]";
        }
    }

    /**
     * There was no complete answer.
     *
     * @param reason what happened instead, for people to read
     * @param heals whether the result may change with time alone
     */
    record Failed(String reason, boolean heals) implements Reply {}

    default boolean mayHeal() {
        return switch (this) {
            case Answered answered -> heals(answered.status());
            case Failed failed -> failed.heals();
        };
    }

    /** Whether a status may change with time alone: too many requests, or a gateway without its service. */
    static boolean heals(int status) {
        return switch (status) {
            case 429, 502, 503, 504 -> true;
            default -> false;
        };
    }
}
