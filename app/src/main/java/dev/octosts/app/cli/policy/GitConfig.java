package dev.octosts.app.cli.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads from git's configuration the address from which a repository was cloned.
 *
 * @see <a href="https://git-scm.com/docs/git-config#_syntax">git-config: syntax</a>
 */
final class GitConfig {

    private static final Pattern SECTION = Pattern.compile("\\s*\\[\\s*([^\\s\\]\"]+)(?:\\s+\"(.*)\")?\\s*].*");
    private static final Pattern URL = Pattern.compile("\\s*(?i:url)\\s*=\\s*\"?([^\\s\"#;]+).*");

    /** {@code https://host/owner/name.git}, the same with ssh or git, and {@code git@host:owner/name.git}. */
    private static final Pattern REMOTE =
            Pattern.compile("(?:(?:https?|ssh|git)://[^/]+/|(?:[^@/:]+@)?[^/:]{2,}:/?)([^/:]+)/([^/:]+?)(?:\\.git)?/?");

    private GitConfig() {}

    /** The repository that {@code origin} names, or else the only remote. */
    static Optional<RepositoryName> remote(String config) {
        Map<String, String> remotes = new LinkedHashMap<>();
        String remote = "";
        for (String line : config.lines().toList()) {
            var section = SECTION.matcher(line);
            if (section.matches()) {
                String name = section.group(2);
                remote = section.group(1).equalsIgnoreCase("remote") && name != null ? name : "";
                continue;
            }
            var url = URL.matcher(line);
            if (!remote.isEmpty() && url.matches()) {
                remotes.putIfAbsent(remote, url.group(1));
            }
        }
        Optional<String> only = remotes.size() == 1 ? remotes.values().stream().findFirst() : Optional.empty();
        return Optional.ofNullable(remotes.get("origin")).or(() -> only).flatMap(GitConfig::repository);
    }

    private static Optional<RepositoryName> repository(String url) {
        var parts = REMOTE.matcher(url);
        return parts.matches() ? RepositoryName.of(parts.group(1) + "/" + parts.group(2)) : Optional.empty();
    }
}
