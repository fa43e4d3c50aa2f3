package dev.octosts.github;

import java.security.PrivateKey;

/**
 * A GitHub App that this service may act as.
 *
 * @param appId the App's id
 * @param name the name by which policies may ask for it; empty when the operator gave it none
 * @param key its RSA private key, 2048 bits at least; a secret
 * @see <a
 *     href="https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/managing-private-keys-for-github-apps">GitHub:
 *     private keys of Apps</a>
 */
public record AppCredential(long appId, String name, PrivateKey key) {

    /** An App without a name. */
    public AppCredential(long appId, PrivateKey key) {
        this(appId, "", key);
    }

    @Override
    public String toString() {
        return "AppCredential[appId=" + appId + ", key=***]";
    }
}
