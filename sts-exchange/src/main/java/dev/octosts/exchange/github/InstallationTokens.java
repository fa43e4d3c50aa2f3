package dev.octosts.exchange.github;

import dev.octosts.api.InstallationToken;
import dev.octosts.exchange.github.Answer.Failure;
import dev.octosts.exchange.github.Answer.Reason;
import dev.octosts.exchange.github.Answer.Success;
import dev.octosts.exchange.github.Installations.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mints installation tokens. A token is never wider than requested, never of another account than requested, and never
 * minted twice for one request.
 */
public final class InstallationTokens {

    private static final Logger LOG = LoggerFactory.getLogger(InstallationTokens.class);

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
     * The route to an owner: the App and its installation.
     *
     * @param owner the account, in lower case
     * @param app the App
     * @param installation its installation on the account
     */
    public record Route(String owner, GitHubApp app, Installation installation) {}

    /**
     * A token and the route by which it was minted.
     *
     * @param token the token
     * @param route the route, with another installation than before when that one had proven stale
     */
    public record Minted(InstallationToken token, Route route) {}

    /**
     * Mints a token. An installation that GitHub does not know any more, or whose account was renamed, is looked up
     * once again.
     *
     * @return the token; {@link Reason#NOT_FOUND} when the App is not installed any more
     */
    public Answer<Minted> mint(Route route, TokenRequest request) {
        return request.repositories().isEmpty() ? mintForAll(route, request) : mintOrLookAgain(route, request);
    }

    /**
     * GitHub's answer with a token for all repositories does not name them, so it does not show who owns them. The
     * account of the installation has to be known from a lookup within the last minute.
     */
    private Answer<Minted> mintForAll(Route route, TokenRequest request) {
        return switch (installations.confirm(route.app(), route.owner(), route.installation())) {
            case Result.Found(var app, var installation) ->
                mintOrLookAgain(new Route(route.owner(), app, installation), request);
            case Result.None() -> new Failure<>(Reason.NOT_FOUND);
            case Result.Suspended() -> new Failure<>(Reason.FORBIDDEN);
            case Result.Unknown(var reason) -> new Failure<>(reason);
        };
    }

    private Answer<Minted> mintOrLookAgain(Route route, TokenRequest request) {
        Answer<Minted> first = mintOnce(route, request);
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

    private Answer<Minted> mintThroughAnother(Route stale, TokenRequest request, Answer<Minted> failed) {
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
    private static Answer<Minted> unexplained(Answer<Minted> failed) {
        return failed instanceof Failure<Minted>(var reason) && reason == Reason.NOT_FOUND
                ? new Failure<>(Reason.UNAVAILABLE)
                : failed;
    }

    /**
     * Mints a token through this very installation.
     *
     * @return the token; {@link Reason#NOT_FOUND} when the installation is gone, or is not this owner's any more
     */
    public Answer<Minted> mintOnce(Route route, TokenRequest request) {
        Answer<MintedToken> answer = gitHub.mint(route.app(), route.installation(), route.owner(), request);
        if (answer instanceof Success<MintedToken>(var minted) && !minted.isWithin(request)) {
            LOG.error(
                    "GitHub minted a token for {} that is wider than asked for, or did not say what it can do; it is"
                            + " revoked",
                    route.owner());
            gitHub.revokeLater(route.app(), route.owner(), minted.token());
            return new Failure<>(Reason.UNAVAILABLE);
        }
        if (answer instanceof Success<MintedToken>(var minted) && !minted.isOf(route.owner(), request)) {
            LOG.warn(
                    "the installation {} is not one of {} any more, perhaps because the account was renamed; its token"
                            + " is revoked",
                    route.installation().id(),
                    route.owner());
            gitHub.revokeLater(route.app(), route.owner(), minted.token());
            return new Failure<>(Reason.NOT_FOUND);
        }
        return answer.map(minted -> new Minted(minted.token(), route));
    }
}
