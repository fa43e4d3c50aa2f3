package dev.octosts.probers;

import jakarta.json.JsonObject;
import java.util.Optional;

/** What came of a call to GitHub with a token of ours. */
public sealed interface GitHubAnswer {

    /**
     * GitHub answered.
     *
     * @param status of HTTP
     * @param body its beginning
     */
    record Answered(int status, String body) implements GitHubAnswer {

        /** The body as an object; empty when it is none, or was too long. */
        public Optional<JsonObject> json() {
            return JsonText.object(body);
        }

        /** Whether the call did what it was meant to do. */
        public boolean isSuccess() {
            return status / 100 == 2;
        }

        /** Whether GitHub does not let this token do that; what a token may not see, GitHub does not find. */
        public boolean isRefusal() {
            return switch (status) {
                case HttpStatus.FORBIDDEN, HttpStatus.NOT_FOUND, HttpStatus.GONE -> true;
                default -> false;
            };
        }

        /** Whether GitHub does not know the token, or no longer. */
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
