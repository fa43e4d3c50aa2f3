package dev.octosts.exchange.github;

import dev.octosts.exchange.github.InstallationTokens.Route;
import java.util.List;

/**
 * Describes a read of files: the installation, and the repositories. One token serves all of them.
 *
 * @param route the App and installation
 * @param repositories bare names in lower case, at least one, each once
 */
public record Reading(Route route, List<String> repositories) {

    public Reading {
        repositories = List.copyOf(repositories);
    }

    /** Files of one repository. */
    public static Reading of(Route route, String repository) {
        return new Reading(route, List.of(repository));
    }

    /** Files of two repositories, which may be the same. */
    public static Reading of(Route route, String repository, String other) {
        return repository.equals(other) ? of(route, repository) : new Reading(route, List.of(repository, other));
    }
}
