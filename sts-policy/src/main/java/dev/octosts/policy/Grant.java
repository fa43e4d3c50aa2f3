package dev.octosts.policy;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The permissions and repositories that a policy grants to the callers it permits.
 *
 * @param permissions never empty
 * @param repositories bare names as written; empty when the policy names none, which in an organization policy means
 *     every repository of the installation
 */
public record Grant(SortedMap<String, Level> permissions, List<String> repositories) {
    public Grant {
        if (permissions.isEmpty()) {
            throw new IllegalArgumentException("a grant has at least one permission");
        }
        permissions = Collections.unmodifiableSortedMap(new TreeMap<>(permissions));
        repositories = List.copyOf(repositories);
    }
}
