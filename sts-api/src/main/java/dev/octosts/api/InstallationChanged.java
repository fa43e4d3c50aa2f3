package dev.octosts.api;

import java.util.Locale;

/**
 * GitHub has told that an App's installation on an account is another now: made, removed, suspended, or with other
 * repositories or permissions. Fired as a CDI event, like {@link RepositoryChanged}.
 *
 * @param owner the account, in lower case
 */
public record InstallationChanged(String owner) {

    public InstallationChanged {
        owner = owner.toLowerCase(Locale.ROOT);
    }
}
