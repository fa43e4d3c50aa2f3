package dev.octosts.api;

import java.util.Locale;
import java.util.Set;

/**
 * The event that GitHub has reported changed files on a repository's default branch. Fired as a CDI event, so that
 * caches drop their entries for these files. Observers are called synchronously: when the event has been fired, they
 * are done.
 *
 * @param owner the account, in lower case
 * @param repository the repository's bare name, in lower case
 * @param paths the files that changed; empty when any of them may have
 */
public record RepositoryChanged(String owner, String repository, Set<String> paths) {

    public RepositoryChanged {
        owner = owner.toLowerCase(Locale.ROOT);
        repository = repository.toLowerCase(Locale.ROOT);
        paths = Set.copyOf(paths);
    }

    /** Everything in the repository may have changed: it was renamed, for instance. */
    public static RepositoryChanged whole(String owner, String repository) {
        return new RepositoryChanged(owner, repository, Set.of());
    }

    /** Whether a file of this repository may have changed. */
    public boolean touches(String path) {
        return paths.isEmpty() || paths.contains(path);
    }
}
