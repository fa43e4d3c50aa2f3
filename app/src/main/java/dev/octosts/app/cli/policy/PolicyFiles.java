package dev.octosts.app.cli.policy;

import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.cli.policy.report.FoundFile;
import dev.octosts.app.cli.usage.MaskedText;
import dev.octosts.policy.lint.Diagnostic;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that paths refer to. A named file always counts; in a folder, only the files that {@code wanted}
 * accepts count. Links in folders are not followed: GitHub does not follow them either, and they may lead anywhere.
 */
final class PolicyFiles {

    /** No organization has as many policies: the path was a mistake. */
    private static final int MAX_FILES = 200_000;

    private static final int MAX_DEPTH = 100;
    private static final Set<String> PASSED_OVER = Set.of(".git", "node_modules");

    private final Path directory;
    private final Predicate<Path> wanted;
    private final TreeMap<Path, FoundFile> found = new TreeMap<>();

    private PolicyFiles(Path directory, Predicate<Path> wanted) {
        this.directory = directory;
        this.wanted = wanted;
    }

    /**
     * The files in order of their paths.
     *
     * @param paths as they were written
     * @param directory where relative paths start
     * @param wanted whether a file that is found in a folder counts; its path is absolute
     */
    static Collection<FoundFile> find(List<String> paths, Path directory, Predicate<Path> wanted)
            throws CommandFailure {
        var files = new PolicyFiles(directory, wanted);
        for (String path : paths) {
            files.add(path);
        }
        return Collections.unmodifiableCollection(files.found.values());
    }

    private void add(String written) throws CommandFailure {
        var path = existing(written, directory);
        if (!Files.isDirectory(path)) {
            var parent = Optional.ofNullable(path.getParent()).orElse(path);
            boolean never = Files.isSymbolicLink(path) && RepositoryResolver.isPlace(path);
            put(path, written, parent, never ? Optional.of(link()) : Optional.empty());
            return;
        }
        try {
            // A named folder may be a link; the files below it are found in their own place.
            var visitor = new Visitor(path, Path.of(written), path.toRealPath());
            Files.walkFileTree(visitor.real, EnumSet.noneOf(FileVisitOption.class), MAX_DEPTH, visitor);
        } catch (IOException failed) {
            put(path, written, path, Optional.of(FileDiagnostics.unreadable(failed)));
        }
        if (found.size() > MAX_FILES) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    written + ": more than " + MAX_FILES + " files that look like policies",
                    "next: name the folders that hold policies");
        }
    }

    /** The path, absolute and without dots. */
    static Path existing(String written, Path directory) throws CommandFailure {
        try {
            var path = directory.resolve(written).normalize();
            if (!written.isEmpty() && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                return path;
            }
        } catch (InvalidPathException _) {
            // No file has such a name.
        }
        throw new CommandFailure(
                CommandFailure.USAGE,
                (written.isEmpty() ? "an empty path" : MaskedText.argument(written))
                        + ": there is no such file or folder");
    }

    private static Diagnostic link() {
        return FileDiagnostics.unreadable("the service never reads a symbolic link", "put the file itself here");
    }

    private void put(Path path, String shown, Path below, Optional<Diagnostic> fault) {
        found.putIfAbsent(path, new FoundFile(path, shown, below, fault));
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Path named;
        private final Path shown;
        private final Path real;

        Visitor(Path named, Path shown, Path real) {
            this.named = named;
            this.shown = shown;
            this.real = real;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return PASSED_OVER.contains(String.valueOf(folder.getFileName())) && !folder.equals(real)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (wanted.test(named(file))) {
                add(file, fault(attributes));
            }
            return found.size() > MAX_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            add(file, Optional.of(FileDiagnostics.unreadable(failure)));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
            if (failure != null) {
                add(folder, Optional.of(FileDiagnostics.unreadable(failure)));
            }
            return FileVisitResult.CONTINUE;
        }

        private void add(Path file, Optional<Diagnostic> fault) {
            var text = shown.resolve(real.relativize(file)).normalize().toString();
            put(named(file), text, named, fault);
        }

        private Path named(Path file) {
            return named.resolve(real.relativize(file));
        }

        private static Optional<Diagnostic> fault(BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                return Optional.empty();
            }
            return Optional.of(
                    attributes.isSymbolicLink()
                            ? link()
                            : FileDiagnostics.unreadable("this is not an ordinary file", "put one here"));
        }
    }
}
