package dev.octosts.sandbox.github;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** Everything that exists on the sandbox's GitHub. Names are found without regard to case. */
final class World {
    private static final long FIRST_APP = 1001;
    private static final long FIRST_ID = 200_001;

    private final AtomicLong appIds = new AtomicLong(FIRST_APP);
    private final AtomicLong ids = new AtomicLong(FIRST_ID);
    private final Map<String, GitHubApp> apps = new ConcurrentHashMap<>();
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final NavigableMap<Long, Installation> installations = new ConcurrentSkipListMap<>();
    private final Map<String, Installation> installationsByAccount = new ConcurrentHashMap<>();
    private final NavigableMap<Long, Repository> repositories = new ConcurrentSkipListMap<>();
    private final Map<String, Repository> repositoriesByName = new ConcurrentHashMap<>();
    private final Map<Long, AppHook> hooks = new ConcurrentHashMap<>();
    private final Map<Long, AccountLog> logs = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Map<String, Repository> formerNames = new ConcurrentHashMap<>();

    World(Clock clock) {
        this.clock = clock;
    }

    AppHook hook(GitHubApp app) {
        return hooks.computeIfAbsent(app.id(), _ -> new AppHook(clock));
    }

    AccountLog log(Account account) {
        return logs.computeIfAbsent(account.id(), _ -> new AccountLog(account));
    }

    GitHubApp addApp(String slug, Permissions permissions) {
        return addApp(appIds.getAndIncrement(), slug, permissions);
    }

    GitHubApp addApp(long id, String slug, Permissions permissions) {
        return add(new GitHubApp(id, slug, permissions));
    }

    GitHubApp addTwin(GitHubApp app, String slug) {
        return add(app.twin(appIds.getAndIncrement(), slug));
    }

    private GitHubApp add(GitHubApp app) {
        apps.put(Long.toString(app.id()), app);
        apps.put(app.clientId(), app);
        return app;
    }

    /** Finds an App by id or client id, as the issuer of an App JWT names it. */
    Optional<GitHubApp> app(String issuer) {
        return Optional.ofNullable(apps.get(issuer));
    }

    Account addAccount(String login, Account.Type type) {
        return accounts.computeIfAbsent(key(login), _ -> new Account(ids.getAndIncrement(), login, type));
    }

    Installation install(GitHubApp app, Account account) {
        return installationsByAccount.computeIfAbsent(key(app, account.login()), _ -> {
            var installation = new Installation(ids.getAndIncrement(), app, account);
            installations.put(installation.id(), installation);
            return installation;
        });
    }

    void uninstall(Installation installation) {
        installations.remove(installation.id());
        installationsByAccount.remove(
                key(installation.app(), installation.account().login()));
    }

    Optional<Installation> installation(long id) {
        return Optional.ofNullable(installations.get(id));
    }

    Optional<Installation> installation(GitHubApp app, String login) {
        return Optional.ofNullable(installationsByAccount.get(key(app, login)));
    }

    List<Installation> installations(GitHubApp app) {
        return installations.values().stream()
                .filter(installation -> installation.app().equals(app))
                .toList();
    }

    Repository addRepository(Account owner, String name) {
        return repositoriesByName.computeIfAbsent(key(owner.login(), name), _ -> {
            var repository = new Repository(ids.getAndIncrement(), owner, name);
            repositories.put(repository.id(), repository);
            return repository;
        });
    }

    void rename(Repository repository, String name) {
        var old = key(repository.owner().login(), repository.name());
        repositoriesByName.remove(old);
        formerNames.put(old, repository);
        repository.rename(name);
        repositoriesByName.put(key(repository.owner().login(), name), repository);
    }

    void delete(Repository repository) {
        repositories.remove(repository.id());
        repositoriesByName.remove(key(repository.owner().login(), repository.name()));
        formerNames.values().removeIf(repository::equals);
    }

    Optional<Repository> repository(String owner, String name) {
        return Optional.ofNullable(repositoriesByName.get(key(owner, name)));
    }

    Optional<Repository> repository(long id) {
        return Optional.ofNullable(repositories.get(id));
    }

    Optional<Repository> formerly(String owner, String name) {
        return Optional.ofNullable(formerNames.get(key(owner, name)));
    }

    List<Repository> repositories(Account owner) {
        return repositories.values().stream()
                .filter(repository -> repository.owner().equals(owner))
                .toList();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String key(String owner, String name) {
        return key(owner + "/" + name);
    }

    private static String key(GitHubApp app, String login) {
        return app.id() + "/" + key(login);
    }
}
