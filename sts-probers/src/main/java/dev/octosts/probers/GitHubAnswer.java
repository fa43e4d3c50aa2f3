package dev.octosts.probers;

import jakarta.json.JsonObject;
import java.util.Optional;

/** The result of a call to GitHub with a token that the service issued. */
public sealed interface GitHubAnswer {

    /**
     * GitHub answered.
     *
     * @param status the HTTP status
     * @param body the beginning of the body
     */
    record Answered(int status, String body) implements GitHubAnswer {

        /** The body as an object; empty when it is not an object, or was too long. */
        public Optional<JsonObject> json() {
            return JsonObjects.object(body);
        }

        /** Whether the call succeeded. */
        public boolean isSuccess() {
            return status / 100 == 2;
        }

        /**
         * Whether GitHub does not permit the call with this token. A resource that a token may not see is not found.
         */
        public boolean isRefusal() {
            return switch (status) {
                case HttpStatus.FORBIDDEN, HttpStatus.NOT_FOUND, HttpStatus.GONE -> true;
                default -> false;
            };
        }

        /** Whether GitHub does not know the token, or does not know it any more. */
        public boolean isUnknownToken() {
            return status == HttpStatus.UNAUTHORIZED;
        }

        @Override
        public String toString() {
            return "HTTP " + status;
        }
    }

    /**
     * There was no answer.
     *
     * @param reason what happened instead, for people to read
     */
    record NoAnswer(String reason) implements GitHubAnswer {

        @Override
        public String toString() {
            return reason;
        }
    }
}
