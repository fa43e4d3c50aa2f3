package dev.octosts.sandbox.github;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** An installation access token that the sandbox minted. */
public final class InstallationToken {
    private final String value;
    private final Installation installation;
    private final Permissions permissions;
    private final Optional<Set<Long>> repositories;
    private final Instant expiresAt;
    private volatile boolean revoked;

    InstallationToken(
            String value,
            Installation installation,
            Permissions permissions,
            Optional<Set<Long>> repositories,
            Instant expiresAt) {
        this.value = value;
        this.installation = installation;
        this.permissions = permissions;
        this.repositories = repositories;
        this.expiresAt = expiresAt;
    }

    public String value() {
        return value;
    }

    public Installation installation() {
        return installation;
    }

    public Permissions permissions() {
        return permissions;
    }

    /** The ids of the repositories it is limited to; empty when it covers all of the installation. */
    public Optional<Set<Long>> repositories() {
        return repositories;
    }

    public Instant expiresAt() {
        return expiresAt;
    }

    public boolean revoked() {
        return revoked;
    }

    void revoke() {
        revoked = true;
    }

    /** Whether the token is neither revoked nor expired. */
    boolean liveAt(Instant now) {
        return !revoked && now.isBefore(expiresAt);
    }

    boolean covers(Repository repository) {
        return installation.covers(repository)
                && repositories.map(ids -> ids.contains(repository.id())).orElse(true);
    }

    /** Leaves the token out. */
    @Override
    public String toString() {
        return "InstallationToken[installation=" + installation.id() + ", permissions=" + permissions.levels()
                + ", revoked=" + revoked + "]";
    }
}
