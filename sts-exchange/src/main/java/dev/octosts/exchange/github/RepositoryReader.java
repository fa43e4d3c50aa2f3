package dev.octosts.exchange.github;

import dev.octosts.exchange.github.Answer.Failure;
import dev.octosts.exchange.github.Answer.Success;

/**
 * Reads files of an owner's repositories through an installation, each with a token that can do nothing else and that
 * is revoked after use.
 */
public final class RepositoryReader {

    private final GitHub gitHub;
    private final InstallationTokens tokens;

    /**
     * A reader.
     *
     * @param gitHub where the files are
     * @param tokens mints the tokens to read with
     */
    public RepositoryReader(GitHub gitHub, InstallationTokens tokens) {
        this.gitHub = gitHub;
        this.tokens = tokens;
    }

    /**
     * Reads a file of the default branch.
     *
     * @param route the App and installation to read through
     * @param repository the repository's bare name
     * @param path the path inside it
     * @param etag the tag of a version that is known already; empty when none is
     */
    public Answer<FileContent> read(InstallationTokens.Route route, String repository, String path, String etag) {
        return switch (tokens.mint(route, TokenRequest.toRead(repository))) {
            case Success<InstallationTokens.Minted>(var minted) -> {
                var place = new GitHub.Place(
                        route.owner(),
                        repository,
                        path,
                        minted.route().installation().id());
                try {
                    yield gitHub.content(route.app(), minted.token(), place, etag);
                } finally {
                    gitHub.revokeLater(route.app(), route.owner(), minted.token());
                }
            }
            case Failure<InstallationTokens.Minted>(var reason) -> new Failure<>(reason);
        };
    }
}
