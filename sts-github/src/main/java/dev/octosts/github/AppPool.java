package dev.octosts.github;

import java.util.List;

/**
 * The Apps that share the work for an owner.
 *
 * @param apps the Apps in the order of the configuration; not empty
 */
public record AppPool(List<GitHubApp> apps) {

    public AppPool {
        apps = List.copyOf(apps);
        if (apps.isEmpty()) {
            throw new IllegalArgumentException("a pool has at least one App");
        }
    }
}
