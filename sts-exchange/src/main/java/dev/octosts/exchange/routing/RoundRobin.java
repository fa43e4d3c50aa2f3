package dev.octosts.exchange.routing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.octosts.github.GitHubApp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decides which App's turn it is, separately for each owner. With one count for all, owners that come by turns would
 * meet the same App each time. Owners begin with different Apps.
 */
final class RoundRobin {

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
