package dev.octosts.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The record of a policy that came into force on a default branch, or is no longer in force there. Fired as a CDI event
 * and written to the audit log.
 *
 * @param change what happened
 * @param scope the scope of the requests that this policy decides
 * @param identity the name of the policy; of an organization's other files, the file's name
 * @param path the file
 * @param commit the commit that made the change
 * @param actor the login of the user who made the change; empty when GitHub did not say
 * @param before the keys of the policy as it was, or null when there was none, or it is not known
 * @param now the keys of the policy as it is, or null when there is none, it cannot be used, or it is not known
 * @param time when this service was notified
 */
public record PolicyEvent(
        Change change,
        String scope,
        String identity,
        String path,
        String commit,
        String actor,
        @Nullable Map<String, Object> before,
        @Nullable Map<String, Object> now,
        Instant time) {

    /** What happened to a policy. */
    public enum Change {
        ADDED,
        CHANGED,
        REMOVED,
        /**
         * It is in force, and GitHub does not know any more what was there before: a forced push replaced the history.
         */
        PRESENT
    }
}
