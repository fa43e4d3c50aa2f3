package dev.octosts.api;

import java.time.Instant;

/**
 * A GitHub App installation token.
 *
 * @param value the secret; GitHub does not promise a length or a form
 * @param expiresAt when GitHub stops accepting it, one hour after it was minted
 * @see <a href="https://docs.github.com/rest/apps/apps#create-an-installation-access-token-for-an-app">GitHub: create
 *     an installation access token</a>
 */
public record InstallationToken(String value, Instant expiresAt) {

    @Override
    public String toString() {
        return "InstallationToken[***, expiresAt=" + expiresAt + "]";
    }
}
