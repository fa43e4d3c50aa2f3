package dev.octosts.exchange.installation;

import dev.octosts.github.Route;
import java.util.List;

/**
 * Describes a read of files: the installation, and the repositories. One token serves all of them.
 *
 * @param route the App and installation
 * @param repositories bare names in lower case, at least one, each once
 */
public record ReadScope(Route route, List<String> repositories) {

    public ReadScope {
        repositories = List.copyOf(repositories);
    }

    /** Files of one repository. */
    public static ReadScope of(Route route, String repository) {
        return new ReadScope(route, List.of(repository));
    }

    /** Files of two repositories, which may be the same. */
    public static ReadScope of(Route route, String repository, String other) {
        return repository.equals(other) ? of(route, repository) : new ReadScope(route, List.of(repository, other));
    }
}
