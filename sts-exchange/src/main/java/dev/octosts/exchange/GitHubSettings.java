package dev.octosts.exchange;

import dev.octosts.github.AppCredential;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings for GitHub: which GitHub is called, and as which Apps.
 *
 * @param address the base address of GitHub's REST API, without a slash at its end
 * @param pools the Apps that share the work for an owner, by the owner in lower case; {@code *} means every owner
 *     without a pool of its own
 * @param quota how Apps are chosen by their remaining requests
 * @param readTokens the tokens with which policies are read
 */
public record GitHubSettings(
        URI address, Map<String, List<AppCredential>> pools, QuotaSettings quota, ReadTokenUse readTokens) {

    public GitHubSettings {
        pools = Collections.unmodifiableMap(new LinkedHashMap<>(pools));
    }

    /** Every App of every pool. */
    public List<AppCredential> apps() {
        return pools.values().stream().flatMap(List::stream).toList();
    }
}
