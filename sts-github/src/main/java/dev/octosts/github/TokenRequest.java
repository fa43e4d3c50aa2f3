package dev.octosts.github;

import java.util.List;
import java.util.Map;

/**
 * A request for an installation token: the permissions and repositories that it shall have.
 *
 * @param permissions permission names and their levels; not empty
 * @param repositories bare names of repositories; empty means every repository of the installation
 */
public record TokenRequest(Map<String, String> permissions, List<String> repositories) {

    public TokenRequest {
        permissions = Map.copyOf(permissions);
        repositories = List.copyOf(repositories);
        if (permissions.isEmpty()) {
            // GitHub does not document the grant for an empty object, so it is never requested.
            throw new IllegalArgumentException("a token without permissions is never asked for");
        }
    }

    /** A token that can read the files of all repositories of an installation, and do nothing else. */
    public static TokenRequest toReadAll() {
        return new TokenRequest(Map.of("contents", "read"), List.of());
    }

    /** A token that can read the files of these repositories, at least one, and do nothing else. */
    public static TokenRequest toRead(List<String> repositories) {
        if (repositories.isEmpty()) {
            // To GitHub that would mean every repository.
            throw new IllegalArgumentException("files are read in certain repositories");
        }
        return new TokenRequest(Map.of("contents", "read"), repositories);
    }
}
