package dev.octosts.exchange.installation;

import dev.octosts.api.InstallationToken;
import dev.octosts.exchange.installation.Installations.Result;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.Route;
import dev.octosts.github.TokenRequest;

/**
 * Mints installation tokens. A token is never wider than requested, never of another account than requested, and never
 * minted twice for one request.
 */
public final class InstallationTokens {

    private final GitHub gitHub;
    private final Installations installations;

    /**
     * A mint.
     *
     * @param gitHub where tokens are minted
     * @param installations is notified when an installation proves stale
     */
    public InstallationTokens(GitHub gitHub, Installations installations) {
        this.gitHub = gitHub;
        this.installations = installations;
    }

    /**
     * A token and the route by which it was minted.
     *
     * @param token the token
     * @param route the route, with another installation than before when that one had proven stale
     * @param coversAll whether GitHub said that it is for all repositories of the account
     */
    public record Minted(InstallationToken token, Route route, boolean coversAll) {}

    /**
     * Mints a token. An installation that GitHub does not know any more, or whose account was renamed, is looked up
     * once again.
     *
     * @return the token; {@link Reason#NOT_FOUND} when the App is not installed any more
     */
    public GitHubResult<Minted> mint(Route route, TokenRequest request) {
        return request.repositories().isEmpty() ? mintForAll(route, request) : mintOrLookAgain(route, request);
    }

    /**
     * GitHub's answer with a token for all repositories does not name them, so it does not show who owns them. The
     * account of the installation has to be known from a lookup within the last minute.
     */
    private GitHubResult<Minted> mintForAll(Route route, TokenRequest request) {
        return switch (installations.confirm(route.app(), route.owner(), route.installation())) {
            case Result.Found(var app, var installation) ->
                mintOrLookAgain(new Route(route.owner(), app, installation), request);
            case Result.None() -> new Failure<>(Reason.NOT_FOUND);
            case Result.Suspended() -> new Failure<>(Reason.FORBIDDEN);
            case Result.Unknown(var reason) -> new Failure<>(reason);
        };
    }

    private GitHubResult<Minted> mintOrLookAgain(Route route, TokenRequest request) {
        GitHubResult<Minted> first = mintOnce(route, request);
        if (!(first instanceof Failure<Minted>(var reason))) {
            return first;
        }
        return switch (reason) {
            case NOT_FOUND, UNAUTHORIZED -> mintThroughAnother(route, request, first);
            case FORBIDDEN -> {
                // A suspension, perhaps: the next exchange asks.
                installations.forget(route.app(), route.owner(), route.installation());
                yield first;
            }
            case UNPROCESSABLE, LIMITED, UNAVAILABLE -> first;
        };
    }

    private GitHubResult<Minted> mintThroughAnother(Route stale, TokenRequest request, GitHubResult<Minted> failed) {
        return switch (installations.lookAgain(stale.app(), stale.owner(), stale.installation())) {
            case Result.Found(var app, var installation) ->
                installation.id() == stale.installation().id()
                        ? unexplained(failed)
                        : mintOnce(new Route(stale.owner(), app, installation), request);
            case Result.None() -> new Failure<>(Reason.NOT_FOUND);
            case Result.Suspended() -> new Failure<>(Reason.FORBIDDEN);
            case Result.Unknown(var reason) -> new Failure<>(reason);
        };
    }

    /** The installation exists, but GitHub does not mint for it. That says nothing about its absence. */
    private static GitHubResult<Minted> unexplained(GitHubResult<Minted> failed) {
        return failed instanceof Failure<Minted>(var reason) && reason == Reason.NOT_FOUND
                ? new Failure<>(Reason.UNAVAILABLE)
                : failed;
    }

    private GitHubResult<Minted> mintOnce(Route route, TokenRequest request) {
        return gitHub.mint(route, request).map(minted -> new Minted(minted.token(), route, minted.coversAll()));
    }
}
