package dev.octosts.operators.spi;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a policy grants, and what its tokens needed.
 *
 * @param path owner, repository and path
 * @param owner the account
 * @param blob git's id of the newest version that granted something
 * @param granted how many tokens
 * @param lastGranted when the last one was granted
 * @param permissions of the newest version
 * @param events how much was done with its tokens
 * @param actions how often, by GitHub's name of the event
 * @param requests how often, by method and path
 * @param answers how often, by method, path and status
 * @param repositories where GitHub's answer was a success, or is not known
 * @param refusedRepositories where GitHub refused every request
 * @param unusedRepositories those that the policy names and where nothing was done, as far as that is known
 * @param newPlaces from where tokens were used for the first time within a week, with that time
 * @param late tokens that were used after their workflow run had ended
 * @param enough permissions that would have been enough, with their levels; empty when nothing is too wide
 * @param diff the narrower policy as a change of that version; empty when there is none
 * @param note why there is no diff; empty when nothing is too wide
 * @param log the time of which GitHub's audit log came in last; empty when it never did
 * @param requestLog the same for requests to the API
 */
public record PolicyNeeds(
        String path,
        String owner,
        String blob,
        long granted,
        Optional<Instant> lastGranted,
        List<NeededPermission> permissions,
        long events,
        Map<String, Long> actions,
        Map<String, Long> requests,
        Map<String, Long> answers,
        List<String> repositories,
        List<String> refusedRepositories,
        List<String> unusedRepositories,
        Map<String, Instant> newPlaces,
        List<LateUse> late,
        Map<String, String> enough,
        String diff,
        String note,
        Optional<KnownTime> log,
        Optional<KnownTime> requestLog) {

    /** A time of which the log is known. */
    public record KnownTime(Instant from, Instant until) {}

    /** What was made of a permission. */
    public enum PermissionUse {
        USED,
        NARROWER,
        UNUSED,
        UNKNOWN
    }

    /**
     * A permission of the policy.
     *
     * @param used the highest level that something needed; empty for none
     * @param why it is unknown; empty when it is not
     */
    public record NeededPermission(String name, String granted, String used, PermissionUse need, String why) {}

    /** A token that was used after its run had ended. */
    public record LateUse(String token, String run, Instant ended, Instant last, long events) {}
}
