package dev.octosts.app.cli.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

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
}
