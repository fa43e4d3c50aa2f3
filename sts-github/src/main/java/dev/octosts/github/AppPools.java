package dev.octosts.github;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pools of Apps: one for each owner that has its own, and perhaps one for all others. They may be replaced while
 * the program runs, all at once: what asks several questions that belong together asks {@link #now}.
 */
public final class AppPools {

    /** The name of the pool that serves every owner without one of its own. */
    public static final String EVERYBODY_ELSE = "*";

    private final Clock clock;
    private volatile Snapshot now;

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
        this(new Snapshot(pools, names), Clock.systemUTC());
    }

    private AppPools(Snapshot now, Clock clock) {
        this.now = now;
        this.clock = clock;
    }

    /**
     * Pools of Apps as the operator gives them.
     *
     * @param apps by the owner in lower case, or {@link #EVERYBODY_ELSE}
     * @param clock decides when a JWT has to be renewed
     */
    public static AppPools of(Map<String, List<AppCredential>> apps, Clock clock) {
        return new AppPools(snapshot(apps, Map.of(), clock), clock);
    }

    private static Snapshot snapshot(Map<String, List<AppCredential>> apps, Map<Long, GitHubApp> before, Clock clock) {
        var pools = new HashMap<String, AppPool>();
        var names = new HashMap<Long, String>();
        apps.forEach((owner, credentials) -> {
            credentials.stream()
                    .filter(app -> !app.name().isEmpty())
                    .forEach(app -> names.put(app.appId(), app.name()));
            pools.put(
                    owner,
                    new AppPool(credentials.stream()
                            .map(app -> {
                                @Nullable GitHubApp known = before.get(app.appId());
                                return known == null ? new GitHubApp(app, clock) : known.with(app);
                            })
                            .toList()));
        });
        return new Snapshot(pools, names);
    }

    /**
     * Takes the Apps that the operator gives now in the place of those before. An App whose keys are the same goes on
     * with its JWT; exchanges that are under way end with the Apps that they began with.
     *
     * @param apps by the owner in lower case, or {@link #EVERYBODY_ELSE}
     */
    public synchronized void replace(Map<String, List<AppCredential>> apps) {
        Snapshot before = now;
        var known = new HashMap<Long, GitHubApp>();
        before.apps().forEach(app -> known.put(app.id(), app));
        Snapshot after = snapshot(apps, known, clock);
        now = after;
        before.apps().stream().filter(app -> !after.apps().contains(app)).forEach(app -> app.retire(after.apps()));
    }

    /** The pools as they are now, and stay for who has them. */
    public Snapshot now() {
        return now;
    }

    /**
     * The pool that serves an owner; empty when none does. Then this service does nothing for that owner.
     *
     * @param owner the account, in lower case
     */
    public Optional<AppPool> of(String owner) {
        return now.of(owner);
    }

    /** Every App of every pool. */
    public List<GitHubApp> apps() {
        return now.apps();
    }

    /**
     * The first App that may act for an owner; empty when none may.
     *
     * @param owner the account, in lower case
     */
    public Optional<GitHubApp> first(String owner) {
        return of(owner).map(pool -> pool.apps().getFirst());
    }

    /** The pools of one moment. */
    public static final class Snapshot {

        private final Map<String, AppPool> pools;
        private final Map<Long, String> names;
        private final List<GitHubApp> apps;

        Snapshot(Map<String, AppPool> pools, Map<Long, String> names) {
            this.pools = Map.copyOf(pools);
            this.names = Map.copyOf(names);
            this.apps = this.pools.values().stream()
                    .flatMap(pool -> pool.apps().stream())
                    .toList();
        }

        /** Whether the operator gave a name to any App. */
        public boolean haveNames() {
            return !names.isEmpty();
        }

        /** The name that the operator gave to an App; empty when it has none. */
        public String name(GitHubApp app) {
            return names.getOrDefault(app.id(), "");
        }

        /** Every App of every pool. */
        public List<GitHubApp> apps() {
            return apps;
        }

        private Optional<AppPool> of(String owner) {
            @Nullable AppPool own = pools.get(owner);
            return Optional.ofNullable(own == null ? pools.get(EVERYBODY_ELSE) : own);
        }
    }
}
