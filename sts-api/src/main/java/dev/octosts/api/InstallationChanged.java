package dev.octosts.api;

import java.util.Locale;

/**
 * The event that GitHub has reported a change: an App's installation on an account has changed: created, removed,
 * suspended, or with other repositories or permissions. Fired as a CDI event, like {@link RepositoryChanged}.
 *
 * @param owner the account, in lower case
 */
public record InstallationChanged(String owner) {

    public InstallationChanged {
        owner = owner.toLowerCase(Locale.ROOT);
    }
}
