package dev.octosts.exchange.routing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.octosts.exchange.installation.Installations;
import dev.octosts.exchange.routing.RateLimitTracker.Remaining;
import dev.octosts.github.GitHubApp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Orders the Apps of a pool for an exchange: by their remaining requests when these are known for all of them, else by
 * turns.
 *
 * <p>Apps that are known not to be installed are left out, and those that GitHub has asked to pause come last. An App
 * that was seen below the hard floor stays last until GitHub's window ends, because within a window requests only
 * become fewer: an outdated report about the others does not bring it back.
 */
public final class AppRanking {

    private final Installations installations;
    private final RateLimitTracker rateLimits;
    private final long softFloor;
    private final long hardFloor;
    private final RoundRobin turns = new RoundRobin();

    /**
     * A ranking.
     *
     * @param installations knows which Apps are installed
     * @param rateLimits knows their remaining requests
     * @param softFloor Apps with at least as many remaining requests are preferred
     * @param hardFloor Apps with fewer are the last choice
     */
    public AppRanking(Installations installations, RateLimitTracker rateLimits, long softFloor, long hardFloor) {
        this.installations = installations;
        this.rateLimits = rateLimits;
        this.softFloor = softFloor;
        this.hardFloor = hardFloor;
    }

    /**
     * Apps in the order in which they should serve.
     *
     * @param apps the Apps that may serve the owner, at least one
     * @param owner the account, in lower case
     * @return all of them except those that are known not to be installed; all when none is
     */
    public List<GitHubApp> order(List<GitHubApp> apps, String owner) {
        if (apps.size() == 1) {
            return apps;
        }
        List<GitHubApp> turn = turns.next(apps, owner);
        List<Candidate> candidates =
                turn.stream().flatMap(app -> candidate(app, owner).stream()).toList();
        if (candidates.isEmpty()) {
            return turn;
        }
        return candidates.stream()
                .sorted(Comparator.comparing(Candidate::paused).thenComparing(by(candidates)))
                .map(Candidate::app)
                .toList();
    }

    private Optional<Candidate> candidate(GitHubApp app, String owner) {
        boolean paused = rateLimits.isPaused(app, owner);
        return switch (installations.presence(app, owner)) {
            case INSTALLED -> Optional.of(new Candidate(app, rateLimits.remaining(app, owner), paused));
            case UNKNOWN -> Optional.of(new Candidate(app, new Remaining.Unknown(), paused));
            case ABSENT -> Optional.empty();
        };
    }

    private Comparator<Candidate> by(List<Candidate> candidates) {
        if (candidates.stream().allMatch(this::hasData)) {
            return Comparator.comparingInt(this::tier)
                    .thenComparing(
                            Comparator.comparingLong(AppRanking::requests).reversed());
        }
        if (candidates.stream().anyMatch(candidate -> candidate.remaining() instanceof Remaining.Unknown)) {
            return Comparator.comparingInt(candidate -> 0);
        }
        return Comparator.comparingInt(candidate -> isBelowHardFloor(candidate) ? 1 : 0);
    }

    private boolean hasData(Candidate candidate) {
        return candidate.remaining() instanceof Remaining.Fresh || isBelowHardFloor(candidate);
    }

    private boolean isBelowHardFloor(Candidate candidate) {
        return requests(candidate) < hardFloor;
    }

    private int tier(Candidate candidate) {
        long requests = requests(candidate);
        return requests >= softFloor ? 0 : requests >= hardFloor ? 1 : 2;
    }

    private static long requests(Candidate candidate) {
        return switch (candidate.remaining()) {
            case Remaining.Fresh(var requests) -> requests;
            case Remaining.AtMost(var requests) -> requests;
            case Remaining.Outdated(), Remaining.Unknown() -> Long.MAX_VALUE;
        };
    }

    private record Candidate(GitHubApp app, Remaining remaining, boolean paused) {}

    /**
     * Decides which App's turn it is, separately for each owner. With one count for all, owners that come by turns
     * would meet the same App each time. Owners begin with different Apps.
     */
    private static final class RoundRobin {

        private static final int MAXIMUM_OWNERS = 10_000;

        private final AtomicInteger newcomers = new AtomicInteger();
        private final Cache<String, AtomicInteger> counts =
                Caffeine.newBuilder().maximumSize(MAXIMUM_OWNERS).build();

        /** The Apps, those whose turn it is first. */
        List<GitHubApp> next(List<GitHubApp> apps, String owner) {
            AtomicInteger count = counts.get(owner, newcomer -> new AtomicInteger(newcomers.getAndIncrement()));
            var rotated = new ArrayList<>(apps);
            Collections.rotate(rotated, -Math.floorMod(count.getAndIncrement(), apps.size()));
            return rotated;
        }
    }
}
