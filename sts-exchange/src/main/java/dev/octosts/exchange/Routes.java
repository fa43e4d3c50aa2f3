package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.FAILED_PRECONDITION;
import static dev.octosts.api.ProblemCode.NOT_FOUND;
import static dev.octosts.api.ProblemCode.PERMISSION_DENIED;
import static dev.octosts.api.ProblemCode.UNAVAILABLE;

import dev.octosts.exchange.github.Answer;
import dev.octosts.exchange.github.GitHubApp;
import dev.octosts.exchange.github.InstallationTokens.Route;
import dev.octosts.exchange.github.Installations;
import dev.octosts.exchange.routing.AppPool;
import dev.octosts.exchange.routing.AppPools;
import dev.octosts.exchange.routing.Router;
import dev.octosts.policy.TrustPolicy;
import java.util.List;

/** Finds the way to an owner: through which App, and through which of its installations. */
final class Routes {

    private final AppPools pools;
    private final Router router;
    private final Installations installations;

    Routes(AppPools pools, Router router, Installations installations) {
        this.pools = pools;
        this.router = router;
        this.installations = installations;
    }

    /** The Apps that may serve the owner. */
    AppPool pool(Target target) throws RefusedException {
        return pools.of(target.account())
                .orElseThrow(() -> new RefusedException(
                        NOT_FOUND, "no GitHub App configured for org \"" + target.account() + "\""));
    }

    /** The way through the App that serves next. */
    Route next(Target target, AppPool pool) throws RefusedException {
        return first(target, router.order(pool.apps(), target.account()));
    }

    /** The same way, unless the policy wants another App. */
    Route fitting(TrustPolicy policy, Target target, AppPool pool, Route reading) throws RefusedException {
        if (fits(policy, reading.app(), reading.installation().slug())) {
            return reading;
        }
        List<GitHubApp> fitting =
                pool.apps().stream().filter(app -> fits(policy, app, "")).toList();
        if (fitting.isEmpty()) {
            throw new RefusedException(
                    FAILED_PRECONDITION, "no GitHub App of this organization matches the trust policy");
        }
        return first(target, router.order(fitting, target.account()));
    }

    private static boolean fits(TrustPolicy policy, GitHubApp app, String slug) {
        return policy.apps().accepts(app.id(), slug.isEmpty() ? null : slug);
    }

    private Route first(Target target, List<GitHubApp> candidates) throws RefusedException {
        return switch (installations.find(candidates, target.account())) {
            case Installations.Result.Found(var app, var installation) ->
                new Route(target.account(), app, installation);
            case Installations.Result.None() -> throw RefusedException.notInstalled(target);
            case Installations.Result.Suspended() ->
                throw new RefusedException(
                        PERMISSION_DENIED, "the installation for \"" + target.owner() + "\" is suspended");
            case Installations.Result.Unknown(var reason) ->
                throw reason == Answer.Reason.LIMITED
                        ? RefusedException.limited(target)
                        : new RefusedException(
                                UNAVAILABLE, "unable to look up the installation for \"" + target.owner() + "\"");
        };
    }
}
