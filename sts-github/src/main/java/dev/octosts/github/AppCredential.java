package dev.octosts.github;

import java.security.PrivateKey;

/**
 * A GitHub App that this service may act as.
 *
 * @param appId the App's id
 * @param key its RSA private key, 2048 bits at least; a secret
 * @see <a
 *     href="https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/managing-private-keys-for-github-apps">GitHub:
 *     private keys of Apps</a>
 */
public record AppCredential(long appId, PrivateKey key) {

    @Override
    public String toString() {
        return "AppCredential[appId=" + appId + ", key=***]";
    }
}
