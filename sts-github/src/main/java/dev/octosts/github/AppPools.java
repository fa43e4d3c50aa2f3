package dev.octosts.github;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pools of Apps: one for each owner that has its own, and perhaps one for all others. */
public final class AppPools {

    /** The name of the pool that serves every owner without one of its own. */
    public static final String EVERYBODY_ELSE = "*";

    private final Map<String, AppPool> pools;
    private final Map<Long, String> names;

    /**
     * Pools by owner, whose Apps have no names.
     *
     * @param pools by the owner in lower case, or {@link #EVERYBODY_ELSE}
     */
    public AppPools(Map<String, AppPool> pools) {
        this(pools, Map.of());
    }

    /**
     * Pools by owner.
     *
     * @param pools by the owner in lower case, or {@link #EVERYBODY_ELSE}
     * @param names the names that the operator gave to Apps, by their ids
     */
    public AppPools(Map<String, AppPool> pools, Map<Long, String> names) {
        this.pools = Map.copyOf(pools);
        this.names = Map.copyOf(names);
    }

    /** Whether the operator gave a name to any App. */
    public boolean haveNames() {
        return !names.isEmpty();
    }

    /** The name that the operator gave to an App; empty when it has none. */
    public String name(GitHubApp app) {
        return names.getOrDefault(app.id(), "");
    }

    /**
     * The pool that serves an owner; empty when none does. Then this service does nothing for that owner.
     *
     * @param owner the account, in lower case
     */
    public Optional<AppPool> of(String owner) {
        @Nullable AppPool own = pools.get(owner);
        return Optional.ofNullable(own == null ? pools.get(EVERYBODY_ELSE) : own);
    }

    /** Every App of every pool. */
    public List<GitHubApp> apps() {
        return pools.values().stream().flatMap(pool -> pool.apps().stream()).toList();
    }

    /**
     * The first App that may act for an owner; empty when none may.
     *
     * @param owner the account, in lower case
     */
    public Optional<GitHubApp> first(String owner) {
        return of(owner).map(pool -> pool.apps().getFirst());
    }
}
