package dev.octosts.api;

import java.time.Instant;
import java.util.Map;

/**
 * Something for the audit that is neither an exchange nor the change of a policy: a review, the change of a key, an act
 * of an operator. Fired as a CDI event.
 *
 * @param about what kind of thing it is
 * @param action what was done, in a word or two with hyphens, at most 16 characters
 * @param scope the account, or {@code owner/repository}; empty when it is about the service itself
 * @param by who did it; empty when this service did
 * @param details further facts by their names, without secrets
 * @param time when
 */
public record AuditNote(
        About about, String action, String scope, String by, Map<String, String> details, Instant time) {

    public AuditNote {
        details = Map.copyOf(details);
    }

    /** What a note is about. */
    public enum About {
        /** A check run was written about policies. */
        REVIEW,
        /** An App's key. */
        KEY,
        /** An operator's act. */
        OPERATOR
    }
}
