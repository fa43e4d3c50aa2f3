package dev.octosts.sandbox.github;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A GitHub App installed on an account: for all of its repositories, or for selected ones. */
public final class Installation {
    private static final int REQUESTS_AN_HOUR = 15_000;

    private final long id;
    private final GitHubApp app;
    private final Account account;
    private final RateLimit rateLimit = new RateLimit(REQUESTS_AN_HOUR);
    private volatile @Nullable Permissions granted;
    private volatile @Nullable List<String> selected;
    private volatile @Nullable Instant suspendedAt;

    Installation(long id, GitHubApp app, Account account) {
        this.id = id;
        this.app = app;
        this.account = account;
    }

    public long id() {
        return id;
    }

    public GitHubApp app() {
        return app;
    }

    public Account account() {
        return account;
    }

    /** The limit on calls by this installation's tokens. */
    public RateLimit rateLimit() {
        return rateLimit;
    }

    /** The permissions that the account granted; the App's permissions unless {@link #grant} said otherwise. */
    public Permissions permissions() {
        var own = granted;
        return own == null ? app.permissions() : own;
    }

    public Installation grant(Permissions permissions) {
        granted = permissions;
        return this;
    }

    /** Limits the installation to these repositories (bare names, possibly none). */
    public Installation select(String... repositories) {
        selected = List.of(repositories);
        return this;
    }

    public Installation selectAll() {
        selected = null;
        return this;
    }

    public Installation suspend(Instant at) {
        suspendedAt = at;
        return this;
    }

    public Installation unsuspend() {
        suspendedAt = null;
        return this;
    }

    Optional<Instant> suspendedAt() {
        return Optional.ofNullable(suspendedAt);
    }

    boolean suspended() {
        return suspendedAt != null;
    }

    String selection() {
        return selected == null ? "all" : "selected";
    }

    boolean covers(Repository repository) {
        var names = selected;
        return repository.owner().equals(account)
                && (names == null || names.stream().anyMatch(repository.name()::equalsIgnoreCase));
    }

    @Override
    public String toString() {
        return "Installation[id=" + id + ", app=" + app.id() + ", account=" + account.login() + "]";
    }
}
