package dev.octosts.policy.preset;

import dev.octosts.policy.Level;
import dev.octosts.policy.repository.FileKind;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The grant of a new policy.
 *
 * @param kind of policy file
 * @param permissions never empty
 * @param repositories bare names, for an organization policy
 */
public record PresetGrant(FileKind kind, SortedMap<String, Level> permissions, List<String> repositories) {
    public PresetGrant {
        permissions = new TreeMap<>(permissions);
        repositories = List.copyOf(repositories);
    }
}
