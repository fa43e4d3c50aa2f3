package dev.octosts.exchange;

import dev.octosts.api.RequestedGrant;
import dev.octosts.github.TokenRequest;
import dev.octosts.policy.Grant;
import dev.octosts.policy.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The part of a policy's grant that a caller gets: all of it, or the subset that it asked for.
 *
 * @param permissions what the token can do
 * @param repositories where; empty means in every repository of the installation
 */
record NarrowedGrant(SortedMap<String, Level> permissions, List<String> repositories) {

    /**
     * Narrows a grant.
     *
     * @param grant the grant of the policy
     * @param covered the repositories of the grant; empty means every repository of the installation
     * @param subset the subset that the caller asks for
     * @throws RefusedException when that is more than the policy gives
     */
    static NarrowedGrant of(Grant grant, List<String> covered, RequestedGrant subset) throws RefusedException {
        if (subset.isEverything()) {
            return new NarrowedGrant(grant.permissions(), covered);
        }
        var excess = new ArrayList<String>();
        SortedMap<String, Level> permissions = permissions(grant, subset, excess);
        List<String> repositories = repositories(covered, subset, excess);
        if (!excess.isEmpty()) {
            throw Refusal.notGranted(excess);
        }
        return new NarrowedGrant(permissions, repositories);
    }

    private static SortedMap<String, Level> permissions(Grant grant, RequestedGrant subset, List<String> excess) {
        if (subset.permissions().isEmpty()) {
            return grant.permissions();
        }
        var permissions = new TreeMap<String, Level>();
        subset.permissions().forEach((name, wireName) -> {
            Level level = Level.of(wireName)
                    .orElseThrow(() -> new IllegalArgumentException("a request has levels that there are"));
            @Nullable Level granted = grant.permissions().get(name);
            if (granted == null || level.compareTo(granted) > 0) {
                excess.add(name + ":" + wireName);
            }
            permissions.put(name, level);
        });
        return permissions;
    }

    private static List<String> repositories(List<String> covered, RequestedGrant subset, List<String> excess) {
        if (subset.repositories().isEmpty()) {
            return covered;
        }
        if (covered.isEmpty()) {
            // Whether the installation has them is for GitHub to decide.
            return subset.repositories();
        }
        var repositories = new ArrayList<String>();
        for (String asked : subset.repositories()) {
            covered.stream()
                    .filter(asked::equalsIgnoreCase)
                    .findFirst()
                    .ifPresentOrElse(repositories::add, () -> excess.add("repository " + asked));
        }
        return repositories;
    }

    /** Whether the token can make check runs, which only the App that made them can change. */
    boolean makesCheckRuns() {
        @Nullable Level checks = permissions.get("checks");
        return checks != null && checks != Level.READ;
    }

    /** Names of levels by permission. */
    Map<String, String> wireLevels() {
        var levels = new HashMap<String, String>();
        permissions.forEach((name, level) -> levels.put(name, level.wireName()));
        return levels;
    }

    /** The token to ask GitHub for. */
    TokenRequest toRequest() {
        return new TokenRequest(wireLevels(), repositories);
    }
}
