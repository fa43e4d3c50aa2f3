package dev.octosts.exchange;

import dev.octosts.exchange.installation.Installations;
import dev.octosts.github.AppPools;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.Route;
import dev.octosts.policy.AppSelector;
import dev.octosts.policy.TrustPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the Apps that a policy names. Policies know an App by its id, and by the name that the operator gave it. Where
 * the operator gave no App a name, they know it by its slug, which GitHub tells with an installation.
 */
final class AppPins {

    private final AppPools pools;
    private final Installations installations;

    AppPins(AppPools pools, Installations installations) {
        this.pools = pools;
        this.installations = installations;
    }

    /** Whether a policy names Apps. */
    static boolean isPinned(TrustPolicy policy) {
        return !(policy.apps() instanceof AppSelector.Any);
    }

    /** Whether a route goes through an App that the policy accepts. */
    boolean accept(TrustPolicy policy, Route route) {
        return accept(pools.now(), policy, route.app(), route.installation().slug());
    }

    private static boolean accept(AppPools.Snapshot now, TrustPolicy policy, GitHubApp app, String slug) {
        String name = now.haveNames() ? now.name(app) : slug;
        return policy.apps().accepts(app.id(), name.isEmpty() ? null : name);
    }

    /** The Apps of the pool that the policy accepts, installed or not; at least one. */
    List<GitHubApp> apps(Admission admission) throws RefusedException {
        TrustPolicy policy = admission.policy();
        List<GitHubApp> pool = admission.pool().apps();
        if (!isPinned(policy)) {
            return pool;
        }
        AppPools.Snapshot now = pools.now();
        List<GitHubApp> known =
                pool.stream().filter(app -> accept(now, policy, app, "")).toList();
        if (!known.isEmpty()) {
            return known;
        }
        List<GitHubApp> fitting = now.haveNames() ? List.of() : bySlug(now, admission);
        if (fitting.isEmpty()) {
            throw none(now, admission);
        }
        return fitting;
    }

    /** Slugs are only known of installed Apps, so their installations have to be looked up. */
    private List<GitHubApp> bySlug(AppPools.Snapshot now, Admission admission) throws RefusedException {
        Target target = admission.target();
        var fitting = new ArrayList<GitHubApp>();
        Installations.Result.@Nullable Unknown unknown = null;
        for (GitHubApp app : admission.pool().apps()) {
            switch (installations.find(List.of(app), target.account())) {
                case Installations.Result.Found(var found, var installation) -> {
                    if (accept(now, admission.policy(), found, installation.slug())) {
                        fitting.add(found);
                    }
                }
                case Installations.Result.Unknown reason -> unknown = reason;
                case Installations.Result.None(), Installations.Result.Suspended() -> {}
            }
        }
        if (fitting.isEmpty() && unknown != null) {
            throw Refusal.ofLookup(unknown.reason()).exception(target);
        }
        return fitting;
    }

    private static RefusedException none(AppPools.Snapshot now, Admission admission) {
        TrustPolicy policy = admission.policy();
        Target target = admission.target();
        return switch (policy.apps()) {
            case AppSelector.Matching matching -> Refusal.NO_APP_MATCHES.exception(target, matching.pattern());
            case AppSelector.One(var app) -> {
                boolean ofOthers = now.apps().stream().anyMatch(each -> accept(now, policy, each, ""));
                yield (ofOthers ? Refusal.APP_OF_OTHERS : Refusal.APP_NOT_CONFIGURED).exception(target, app);
            }
            case AppSelector.Any() -> throw new IllegalStateException("a pool without Apps");
        };
    }

    /** None of the Apps that a policy names is installed on the account. */
    static RefusedException notInstalled(Target target, List<GitHubApp> apps) {
        String ids =
                apps.stream().map(GitHubApp::id).sorted().map(Object::toString).collect(Collectors.joining(" "));
        return Refusal.APP_NOT_INSTALLED.exception(target, ids);
    }
}
