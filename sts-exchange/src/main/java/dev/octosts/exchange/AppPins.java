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
        return accept(policy, route.app(), route.installation().slug());
    }

    private boolean accept(TrustPolicy policy, GitHubApp app, String slug) {
        String name = pools.haveNames() ? pools.name(app) : slug;
        return policy.apps().accepts(app.id(), name.isEmpty() ? null : name);
    }

    /** The Apps of the pool that the policy accepts, installed or not; at least one. */
    List<GitHubApp> apps(Admission admission) throws RefusedException {
        TrustPolicy policy = admission.policy();
        List<GitHubApp> pool = admission.pool().apps();
        if (!isPinned(policy)) {
            return pool;
        }
        List<GitHubApp> known =
                pool.stream().filter(app -> accept(policy, app, "")).toList();
        if (!known.isEmpty()) {
            return known;
        }
        List<GitHubApp> fitting = pools.haveNames() ? List.of() : bySlug(admission);
        if (fitting.isEmpty()) {
            throw none(admission);
        }
        return fitting;
    }

    /** Slugs are only known of installed Apps, so their installations have to be looked up. */
    private List<GitHubApp> bySlug(Admission admission) throws RefusedException {
        Target target = admission.target();
        var fitting = new ArrayList<GitHubApp>();
        Installations.Result.@Nullable Unknown unknown = null;
        for (GitHubApp app : admission.pool().apps()) {
            switch (installations.find(List.of(app), target.account())) {
                case Installations.Result.Found(var found, var installation) -> {
                    if (accept(admission.policy(), found, installation.slug())) {
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

    private RefusedException none(Admission admission) {
        TrustPolicy policy = admission.policy();
        Target target = admission.target();
        return switch (policy.apps()) {
            case AppSelector.Matching matching -> Refusal.NO_APP_MATCHES.exception(target, matching.pattern());
            case AppSelector.One(var app) -> {
                boolean ofOthers = pools.apps().stream().anyMatch(each -> accept(policy, each, ""));
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
