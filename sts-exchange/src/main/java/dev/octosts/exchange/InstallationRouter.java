package dev.octosts.exchange;

import dev.octosts.api.AssignmentOutcome;
import dev.octosts.exchange.installation.Installations;
import dev.octosts.exchange.routing.AppRanking;
import dev.octosts.exchange.routing.StickyAssignment;
import dev.octosts.exchange.spi.AssignmentKey;
import dev.octosts.exchange.spi.AssignmentStore.Assignment;
import dev.octosts.github.AppPool;
import dev.octosts.github.AppPools;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.Route;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the route to an owner: the App, and its installation. */
final class InstallationRouter {

    private final AppPools pools;
    private final AppRanking ranking;
    private final Installations installations;
    private final Optional<StickyAssignment> sticky;
    private final AppPins pins;

    /**
     * A router.
     *
     * @param ranking orders the Apps of a pool
     * @param sticky keeps the installation of exchanges; empty when any may serve them
     */
    InstallationRouter(
            AppPools pools, AppRanking ranking, Installations installations, Optional<StickyAssignment> sticky) {
        this.pools = pools;
        this.ranking = ranking;
        this.installations = installations;
        this.sticky = sticky;
        this.pins = new AppPins(pools, installations);
    }

    /** The Apps that may serve the owner. */
    AppPool pool(Target target) throws RefusedException {
        return pools.of(target.account()).orElseThrow(() -> Refusal.NO_APP.exception(target));
    }

    /** Whether an installation on the owner's account was found recently, or its absence is known without a lookup. */
    boolean isKnown(Target target, AppPool pool) {
        return installations.isKnown(pool.apps(), target.account());
    }

    /** The route through the App that serves next. */
    Route next(Target target, AppPool pool) throws RefusedException {
        return first(target, ranking.order(pool.apps(), target.account()));
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
        return ranking.order(apps, owner).stream()
                .filter(app -> app.id() != tried.app().id())
                .map(app -> installations.find(List.of(app), owner))
                .filter(Installations.Result.Found.class::isInstance)
                .map(Installations.Result.Found.class::cast)
                .map(found -> new Route(owner, found.app(), found.installation()))
                .iterator();
    }

    /** The route by which the token of a grant is minted. */
    Route route(Admission admission, NarrowedGrant grant) throws RefusedException {
        return grant.makesCheckRuns() ? kept(admission) : fitting(admission);
    }

    /** The route by which the policy was read, unless the policy wants another App. */
    Route fitting(Admission admission) throws RefusedException {
        if (pins.accept(admission.policy(), admission.policyRoute())) {
            return admission.policyRoute();
        }
        List<GitHubApp> apps = pins.apps(admission);
        return pinned(admission, apps, ranking.order(apps, admission.target().account()));
    }

    /**
     * The installation that served this subject before. Without a store that answers, it is the one that this process
     * remembers, or else one that every replica picks.
     */
    Route kept(Admission admission) throws RefusedException {
        if (admission.pool().apps().size() == 1 || (sticky.isEmpty() && !AppPins.isPinned(admission.policy()))) {
            return fitting(admission);
        }
        List<GitHubApp> apps = pins.apps(admission);
        if (apps.size() == 1) {
            return fitting(admission);
        }
        Target target = admission.target();
        var key = AssignmentKey.of(
                target.canonicalScope(), target.identity(), admission.claims().subject());
        if (sticky.isEmpty()) {
            return pinned(admission, apps, StickyAssignment.preferred(key, apps));
        }
        StickyAssignment assignments = sticky.get();
        return switch (assignments.find(key)) {
            case StickyAssignment.Held.By(var assignment) -> {
                Optional<Route> route = route(target, apps, assignment);
                if (route.isPresent() && route.get().installation().id() == assignment.installationId()) {
                    assignments.tell(AssignmentOutcome.KEPT);
                    yield route.get();
                }
                assignments.tell(AssignmentOutcome.MOVED);
                // The same App, installed again, can still change the check runs that it made.
                Route next = route.isPresent() ? route.get() : another(admission, apps, key, assignment);
                yield assigned(assignments, key, assignment, next, target, apps);
            }
            case StickyAssignment.Held.ByNone() -> {
                assignments.tell(AssignmentOutcome.ASSIGNED);
                yield assigned(assignments, key, null, another(admission, apps, key, null), target, apps);
            }
            case StickyAssignment.Held.Unknown() -> {
                assignments.tell(AssignmentOutcome.UNSTORED);
                yield pinned(admission, apps, StickyAssignment.preferred(key, apps));
            }
        };
    }

    private Route assigned(
            StickyAssignment assignments,
            AssignmentKey key,
            @Nullable Assignment replaced,
            Route wanted,
            Target target,
            List<GitHubApp> apps)
            throws RefusedException {
        var own = new Assignment(wanted.app().id(), wanted.installation().id());
        Assignment assigned = assignments.assign(key, replaced, own);
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

    /** Among the Apps that a policy names, the order of the configuration must not matter. */
    private Route another(Admission admission, List<GitHubApp> apps, AssignmentKey key, @Nullable Assignment gone)
            throws RefusedException {
        if (AppPins.isPinned(admission.policy())) {
            return pinned(admission, apps, StickyAssignment.preferred(key, apps));
        }
        Route reading = admission.policyRoute();
        boolean there =
                gone == null || gone.installationId() != reading.installation().id();
        return there
                ? reading
                : first(
                        admission.target(),
                        ranking.order(apps, admission.target().account()));
    }

    /**
     * The route through the first App that is installed.
     *
     * @param apps those that the policy names, for the message when none is
     * @param order the same, or some of them, in the order in which they are asked
     */
    private Route pinned(Admission admission, List<GitHubApp> apps, List<GitHubApp> order) throws RefusedException {
        Target target = admission.target();
        if (AppPins.isPinned(admission.policy())
                && installations.find(order, target.account()) instanceof Installations.Result.None) {
            throw AppPins.notInstalled(target, apps);
        }
        return first(target, order);
    }

    private Route first(Target target, List<GitHubApp> candidates) throws RefusedException {
        return switch (installations.find(candidates, target.account())) {
            case Installations.Result.Found(var app, var installation) ->
                new Route(target.account(), app, installation);
            case Installations.Result.None() -> throw Refusal.NOT_INSTALLED.exception(target);
            case Installations.Result.Suspended() -> throw Refusal.SUSPENDED.exception(target);
            case Installations.Result.Unknown unknown -> throw unknown(target, unknown);
        };
    }

    private static RefusedException unknown(Target target, Installations.Result.Unknown unknown) {
        return Refusal.ofLookup(unknown.reason()).exception(target);
    }
}
