package dev.octosts.api;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The record of a push that changed policies on a default branch: one for each policy that came into force, changed or
 * is no longer in force; and one without a change when it is not certain which did. Fired as a CDI event and written to
 * the audit log.
 *
 * @param push the push
 * @param change what happened to which policy; empty when the record says only that changes may be missing
 * @param detection how the changes of the push were found
 * @param position the place of this record among those of the push
 * @param verdict whether the policy can be used
 * @param pushError what went wrong while the push was handled; empty when nothing did
 * @param time when this service was notified
 */
public record PolicyEvent(
        Push push,
        Optional<PolicyChange> change,
        Detection detection,
        PushPosition position,
        Verdict verdict,
        String pushError,
        Instant time) {

    /**
     * A push to a default branch.
     *
     * @param owner the account as GitHub spells it
     * @param repository the bare name as GitHub spells it
     * @param ref the full name of the branch
     * @param commit the commit that is there now
     * @param before the commit that was there before; all zeroes when there was none
     * @param installation the installation through which GitHub reported the push
     * @param pusher who pushed
     * @param forced whether commits may have been lost
     */
    public record Push(
            String owner,
            String repository,
            String ref,
            String commit,
            String before,
            long installation,
            Pusher pusher,
            boolean forced) {}

    /**
     * Who pushed, as far as GitHub says.
     *
     * @param login the login of the user or App; empty when GitHub did not say
     * @param id its id; 0 when GitHub did not say
     * @param name the name that git was given; empty when GitHub did not say
     */
    public record Pusher(String login, long id, String name) {}

    /**
     * What happened to a policy.
     *
     * @param path the file
     * @param policy the name of the policy; of an organization's other files, one that begins with a dot
     * @param action what happened to it
     * @param scope the scope of the requests that this policy decides
     * @param identity the identity of the requests that this policy decides; of an organization's other files, the
     *     file's name
     * @param before the keys of the policy as it was, or null when there was none, or it is not known
     * @param now the keys of the policy as it is, or null when there is none, it cannot be used, or it is not known
     */
    public record PolicyChange(
            String path,
            String policy,
            Action action,
            String scope,
            String identity,
            @Nullable Map<String, Object> before,
            @Nullable Map<String, Object> now) {}

    /** What happened to a policy. */
    public enum Action {
        CREATED,
        UPDATED,
        DELETED,
        /** It is in force, and what was there before is not known: a forced push replaced the history. */
        PRESENT
    }

    /**
     * How changes were found.
     *
     * @param method from what
     * @param error why they may be incomplete; empty when they are not
     */
    public record Detection(Method method, String error) {

        /** Changes that are complete. */
        public static Detection by(Method method) {
            return new Detection(method, "");
        }

        /** Changes that may be incomplete. */
        public static Detection degraded(String error) {
            return new Detection(Method.DEGRADED, error);
        }
    }

    /** From what changes were found. */
    public enum Method {
        /** From the commits in GitHub's delivery. */
        COMMITS,
        /** From GitHub's comparison of the two commits. */
        COMPARE,
        /** From the folder at the two commits. */
        SNAPSHOT,
        /** They may be incomplete. */
        DEGRADED
    }

    /**
     * The place of a record among those of its push.
     *
     * @param index counted from 0
     * @param count how many changes there are
     */
    public record PushPosition(int index, int count) {}

    /**
     * Whether a policy can be used.
     *
     * @param valid null when it was not read
     * @param error why it cannot be used; empty when it can, and when it was not read
     */
    public record Verdict(@Nullable Boolean valid, String error) {

        /** It was not read. */
        public static final Verdict UNKNOWN = new Verdict(null, "");

        /** It can be used. */
        public static final Verdict VALID = new Verdict(true, "");
    }
}
