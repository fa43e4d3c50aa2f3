package dev.octosts.api;

import java.util.Locale;
import java.util.Set;

/**
 * GitHub has told that files of a repository's default branch are others now: fired as a CDI event, so that whoever
 * remembers them forgets them. Observers are done when the event is: they are called synchronously.
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

    /** Everything in the repository may be another: it was renamed, for instance. */
    public static RepositoryChanged whole(String owner, String repository) {
        return new RepositoryChanged(owner, repository, Set.of());
    }

    /** Whether a file of this repository may be another now. */
    public boolean touches(String path) {
        return paths.isEmpty() || paths.contains(path);
    }
}
