package dev.octosts.app.usage;

import dev.octosts.app.audit.AuditRecord;
import dev.octosts.app.usage.UsageStore.Window;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.policy.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the tokens of each policy were used for. It says that something was not used only where everything that was used
 * is known.
 *
 * @param at when it was made
 * @param recordsSince the first record of a token; empty when there is none
 * @param windows for which times the audit log is known
 * @param policies by their paths
 */
public record UsageReport(
        Instant at, Optional<Instant> recordsSince, List<Window> windows, List<PolicyReport> policies) {

    public UsageReport {
        windows = List.copyOf(windows);
        policies = List.copyOf(policies);
    }

    /** What was made of a permission. */
    public enum State {
        /** It was used, as far as it goes. */
        USED,
        /** A lower level was enough. */
        NARROWER,
        /** Nothing that was done needs it. */
        UNUSED,
        /** It cannot be told. */
        UNKNOWN
    }

    /**
     * A permission of a policy.
     *
     * @param used the highest level that something needed; empty for none
     * @param why it is unknown; empty when it is not
     */
    public record PermissionReport(String name, Level granted, Optional<Level> used, State state, String why) {}

    /** A place from which tokens were used for the first time within a week, while others were used before. */
    public record NewPlace(String place, Instant first) {}

    /**
     * A token that was used after its workflow run had ended.
     *
     * @param token its SHA-256
     * @param last when it was used last
     */
    public record LateToken(String token, String run, Instant ended, Instant last, long events) {}

    /**
     * One policy.
     *
     * @param path owner, repository and path
     * @param blob git's id of the newest version that granted something
     * @param grants how many tokens it granted
     * @param lastGrant when it granted the last one; empty when the policy is known, and no token of it
     * @param permissions of the newest version
     * @param events how much was done with its tokens
     * @param actions how often, by GitHub's name of the event
     * @param requests how often, by method and path
     * @param answers how often, by method, path and status
     * @param repositories where GitHub's answer was a success, or is not known
     * @param refusedRepositories where GitHub refused every request. They do not count as unused: a file that is not
     *     there has the same answer
     * @param unusedRepositories those that the policy names and where nothing was done, as far as that is known
     * @param unknown what may have needed any permission
     * @param windows for which times the audit log of its account is known
     */
    public record PolicyReport(
            String path,
            AuditRecord.RecordedTarget target,
            String blob,
            long grants,
            Optional<Instant> lastGrant,
            List<PermissionReport> permissions,
            long events,
            Map<String, Long> actions,
            Map<String, Long> requests,
            Map<String, Long> answers,
            List<String> repositories,
            List<String> refusedRepositories,
            List<String> unusedRepositories,
            Map<String, Long> unknown,
            List<NewPlace> newPlaces,
            List<LateToken> late,
            List<Window> windows) {

        /** Whether a narrower policy would have been enough. */
        public boolean isTooWide() {
            return permissions.stream().anyMatch(one -> one.state() == State.UNUSED || one.state() == State.NARROWER);
        }

        /** What would have been enough. */
        public SortedMap<String, Level> enough() {
            SortedMap<String, Level> enough = new TreeMap<>();
            for (PermissionReport permission : permissions) {
                switch (permission.state()) {
                    case USED, UNKNOWN -> enough.put(permission.name(), permission.granted());
                    case NARROWER ->
                        enough.put(permission.name(), permission.used().orElseThrow());
                    case UNUSED -> {
                        // left out
                    }
                }
            }
            return enough;
        }

        /** What nothing needed. */
        public Set<String> unused() {
            return permissions.stream()
                    .filter(one -> one.state() == State.UNUSED)
                    .map(PermissionReport::name)
                    .collect(Collectors.toSet());
        }
    }

    /**
     * Makes the report.
     *
     * @param shortest for how long usage must be known before a permission counts as not used
     */
    public static UsageReport of(UsageStore store, Instant now, Duration shortest) throws StoreException {
        return new ReportMaker(store, now, shortest).make();
    }

    /**
     * Makes the part of one policy; empty when nothing is known of it.
     *
     * @param usage of this policy alone
     * @param shortest for how long usage must be known before a permission counts as not used
     */
    public static Optional<PolicyReport> ofPolicy(UsageReading usage, Instant now, Duration shortest)
            throws StoreException {
        return new ReportMaker(usage, now, shortest).make().policies().stream().findFirst();
    }

    /** The policies that granted nothing for so long. Empty when the records do not reach back so far. */
    public List<PolicyReport> unusedFor(Duration time) {
        Instant since = at.minus(time);
        return recordsSince.filter(first -> !first.isAfter(since)).isEmpty()
                ? List.of()
                : policies.stream()
                        .filter(policy -> policy.lastGrant()
                                .filter(last -> last.isAfter(since))
                                .isEmpty())
                        .toList();
    }
}
