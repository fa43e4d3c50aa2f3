package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.FAILED_PRECONDITION;
import static dev.octosts.api.ProblemCode.NOT_FOUND;
import static dev.octosts.api.ProblemCode.PERMISSION_DENIED;
import static dev.octosts.api.ProblemCode.UNAVAILABLE;

import dev.octosts.api.AssignmentOutcome;
import dev.octosts.exchange.installation.Installations;
import dev.octosts.exchange.routing.AppRanking;
import dev.octosts.exchange.routing.StickyAssignment;
import dev.octosts.exchange.spi.AssignmentKey;
import dev.octosts.exchange.spi.AssignmentStore.Assignment;
import dev.octosts.github.AppPool;
import dev.octosts.github.AppPools;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.Route;
import dev.octosts.policy.AppSelector;
import dev.octosts.policy.TrustPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the route to an owner: the App, and its installation. */
final class InstallationRouter {

    private final AppPools pools;
    private final AppRanking router;
    private final Installations installations;
    private final Optional<StickyAssignment> sticky;

    /**
     * Routes.
     *
     * @param sticky keeps the installation of exchanges; empty when any may serve them
     */
    InstallationRouter(
            AppPools pools, AppRanking router, Installations installations, Optional<StickyAssignment> sticky) {
        this.pools = pools;
        this.router = router;
        this.installations = installations;
        this.sticky = sticky;
    }

    /** The Apps that may serve the owner. */
    AppPool pool(Target target) throws RefusedException {
        return pools.of(target.account())
                .orElseThrow(() -> new RefusedException(
                        NOT_FOUND, "no GitHub App configured for org \"" + target.account() + "\""));
    }

    /** Whether an installation on the owner's account was found recently, or its absence is known without a lookup. */
    boolean isKnown(Target target, AppPool pool) {
        return installations.isKnown(pool.apps(), target.account());
    }

    /** The route through the App that serves next. */
    Route next(Target target, AppPool pool) throws RefusedException {
        return first(target, router.order(pool.apps(), target.account()));
    }

    /**
     * The routes through the other Apps that may serve an owner. Each route is looked up when it is requested.
     *
     * @param owner the account, in lower case
     * @param tried the route that failed
     */
    Iterator<Route> others(String owner, Route tried) {
        List<GitHubApp> apps = pools.of(owner).map(AppPool::apps).orElse(List.of());
        if (apps.size() < 2) {
            return Collections.emptyIterator();
        }
        return router.order(apps, owner).stream()
                .filter(app -> app.id() != tried.app().id())
                .map(app -> installations.find(List.of(app), owner))
                .filter(Installations.Result.Found.class::isInstance)
                .map(Installations.Result.Found.class::cast)
                .map(found -> new Route(owner, found.app(), found.installation()))
                .iterator();
    }

    /** The same route, unless the policy wants another App. */
    Route fitting(TrustPolicy policy, Target target, AppPool pool, Route reading) throws RefusedException {
        if (fits(policy, reading.app(), reading.installation().slug())) {
            return reading;
        }
        return first(target, router.order(fitting(policy, target, pool), target.account()));
    }

    /**
     * The installation that served this subject before. Without a store that answers, it is the one that this process
     * remembers, or else one that every replica picks.
     */
    Route kept(TrustPolicy policy, Target target, AppPool pool, Route reading, String subject) throws RefusedException {
        if (sticky.isEmpty() || pool.apps().size() == 1) {
            return fitting(policy, target, pool, reading);
        }
        List<GitHubApp> apps = fitting(policy, target, pool);
        if (apps.size() == 1) {
            return fitting(policy, target, pool, reading);
        }
        StickyAssignment routing = sticky.get();
        var key = AssignmentKey.of(target.canonicalScope(), target.identity(), subject);
        return switch (routing.find(key)) {
            case StickyAssignment.Held.By(var assignment) -> {
                Optional<Route> route = route(target, apps, assignment);
                if (route.isPresent() && route.get().installation().id() == assignment.installationId()) {
                    routing.tell(AssignmentOutcome.KEPT);
                    yield route.get();
                }
                routing.tell(AssignmentOutcome.MOVED);
                // The same App, installed again, can still change the check runs that it made.
                Route next = route.isPresent() ? route.get() : another(target, apps, policy, reading, assignment);
                yield assigned(routing, key, assignment, next, target, apps);
            }
            case StickyAssignment.Held.ByNone() -> {
                routing.tell(AssignmentOutcome.ASSIGNED);
                yield assigned(routing, key, null, another(target, apps, policy, reading, null), target, apps);
            }
            case StickyAssignment.Held.Unknown() -> {
                routing.tell(AssignmentOutcome.UNSTORED);
                yield first(target, routing.preferred(key, apps));
            }
        };
    }

    private Route assigned(
            StickyAssignment routing,
            AssignmentKey key,
            @Nullable Assignment replaced,
            Route wanted,
            Target target,
            List<GitHubApp> apps)
            throws RefusedException {
        var own = new Assignment(wanted.app().id(), wanted.installation().id());
        Assignment assigned = routing.assign(key, replaced, own);
        // An assignment by a faster replica is checked at the next exchange, in case its installation is gone already.
        return assigned.equals(own) ? wanted : route(target, apps, assigned).orElse(wanted);
    }

    /** The route through the App of an assignment; empty when the App is not there, not installed or suspended. */
    private Optional<Route> route(Target target, List<GitHubApp> apps, Assignment assignment) throws RefusedException {
        List<GitHubApp> app = apps.stream()
                .filter(candidate -> candidate.id() == assignment.appId())
                .toList();
        return switch (installations.find(app, target.account())) {
            case Installations.Result.Found(var found, var installation) ->
                Optional.of(new Route(target.account(), found, installation));
            case Installations.Result.None(), Installations.Result.Suspended() -> Optional.empty();
            // The installation may still exist: to move now could be wrong for good.
            case Installations.Result.Unknown unknown -> throw unknown(target, unknown);
        };
    }

    private Route another(
            Target target, List<GitHubApp> apps, TrustPolicy policy, Route reading, @Nullable Assignment gone)
            throws RefusedException {
        boolean there =
                gone == null || gone.installationId() != reading.installation().id();
        return there && fits(policy, reading.app(), reading.installation().slug())
                ? reading
                : first(target, router.order(apps, target.account()));
    }

    /**
     * The Apps that the policy accepts. When a policy names Apps by their slugs, their installations have to be looked
     * up.
     */
    private List<GitHubApp> fitting(TrustPolicy policy, Target target, AppPool pool) throws RefusedException {
        if (policy.apps() instanceof AppSelector.Any) {
            return pool.apps();
        }
        var fitting = new ArrayList<GitHubApp>();
        Installations.Result.@Nullable Unknown unknown = null;
        for (GitHubApp app : pool.apps()) {
            if (fits(policy, app, "")) {
                fitting.add(app);
                continue;
            }
            switch (installations.find(List.of(app), target.account())) {
                case Installations.Result.Found(var found, var installation) -> {
                    if (fits(policy, found, installation.slug())) {
                        fitting.add(found);
                    }
                }
                case Installations.Result.Unknown reason -> unknown = reason;
                case Installations.Result.None(), Installations.Result.Suspended() -> {}
            }
        }
        if (!fitting.isEmpty()) {
            return fitting;
        }
        throw unknown != null
                ? unknown(target, unknown)
                : new RefusedException(
                        FAILED_PRECONDITION, "no GitHub App of this organization matches the trust policy");
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
            case Installations.Result.Unknown unknown -> throw unknown(target, unknown);
        };
    }

    private static RefusedException unknown(Target target, Installations.Result.Unknown unknown) {
        return unknown.reason() == GitHubResult.Reason.LIMITED
                ? RefusedException.limited(target)
                : new RefusedException(
                        UNAVAILABLE, "unable to look up the installation for \"" + target.owner() + "\"");
    }
}
