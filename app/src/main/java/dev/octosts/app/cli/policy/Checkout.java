package dev.octosts.app.cli.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A working folder of git. Git itself is not called: it would start another process, and run what the repository's
 * configuration says.
 *
 * @param root its topmost folder
 * @param remote where it was cloned from, when that is obvious
 */
record Checkout(Path root, Optional<RepositoryName> remote) {

    private static final int MAX_CONFIG = 1 << 20;
    private static final String LINK = "gitdir:";

    /** The checkout whose topmost folder this is. */
    static Optional<Checkout> at(Path folder) {
        var git = folder.resolve(".git");
        if (Files.isDirectory(git)) {
            return Optional.of(new Checkout(folder, remote(git)));
        }
        // Worktrees and submodules have a file that says where the folder is.
        return text(git)
                .filter(link -> link.startsWith(LINK))
                .flatMap(link -> resolved(folder, link.substring(LINK.length())))
                .map(elsewhere -> new Checkout(folder, remote(common(elsewhere))));
    }

    private static Path common(Path git) {
        return text(git.resolve("commondir"))
                .flatMap(shared -> resolved(git, shared))
                .orElse(git);
    }

    private static Optional<RepositoryName> remote(Path git) {
        return text(git.resolve("config")).flatMap(GitConfig::remote);
    }

    private static Optional<Path> resolved(Path folder, String written) {
        try {
            return Optional.of(folder.resolve(written.strip()).normalize());
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(file)) {
            return Optional.of(new String(in.readNBytes(MAX_CONFIG), StandardCharsets.UTF_8));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /**
     * Reads from git's configuration the address from which a repository was cloned.
     *
     * @see <a href="https://git-scm.com/docs/git-config#_syntax">git-config: syntax</a>
     */
    private static final class GitConfig {

        private static final Pattern SECTION = Pattern.compile("\\s*\\[\\s*([^\\s\\]\"]+)(?:\\s+\"(.*)\")?\\s*].*");
        private static final Pattern URL = Pattern.compile("\\s*(?i:url)\\s*=\\s*\"?([^\\s\"#;]+).*");

        /** {@code https://host/owner/name.git}, the same with ssh or git, and {@code git@host:owner/name.git}. */
        private static final Pattern REMOTE = Pattern.compile(
                "(?:(?:https?|ssh|git)://[^/]+/|(?:[^@/:]+@)?[^/:]{2,}:/?)([^/:]+)/([^/:]+?)(?:\\.git)?/?");

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
            Optional<String> only =
                    remotes.size() == 1 ? remotes.values().stream().findFirst() : Optional.empty();
            return Optional.ofNullable(remotes.get("origin")).or(() -> only).flatMap(GitConfig::repository);
        }

        private static Optional<RepositoryName> repository(String url) {
            var parts = REMOTE.matcher(url);
            return parts.matches() ? RepositoryName.of(parts.group(1) + "/" + parts.group(2)) : Optional.empty();
        }
    }
}
