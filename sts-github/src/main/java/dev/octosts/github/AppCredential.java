package dev.octosts.github;

import dev.octosts.github.key.SigningKey;
import java.util.List;

/**
 * A GitHub App that this service may act as.
 *
 * @param appId the App's id
 * @param name the name by which policies may ask for it; empty when the operator gave it none
 * @param keys its RSA keys, 2048 bits at least, wherever they are: one, or several while one is replaced by another.
 *     The first one that GitHub accepts is used
 * @see <a
 *     href="https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/managing-private-keys-for-github-apps">GitHub:
 *     private keys of Apps</a>
 */
public record AppCredential(long appId, String name, List<SigningKey> keys) {

    public AppCredential {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("an App has at least one key");
        }
    }

    /** An App with one key and without a name. */
    public AppCredential(long appId, SigningKey key) {
        this(appId, List.of(key));
    }

    /** An App without a name. */
    public AppCredential(long appId, List<SigningKey> keys) {
        this(appId, "", keys);
    }

    @Override
    public String toString() {
        return "AppCredential[appId=" + appId + ", keys=***]";
    }
}
