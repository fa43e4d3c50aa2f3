package dev.octosts.app.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of the spool that this process alone uses. Several processes may be given the same folder: each takes a
 * numbered one in it, and takes over what a process has left behind that no longer runs.
 */
final class SpoolFolder implements AutoCloseable {

    private static final int MAXIMUM_PROCESSES = 64;
    private static final String SUFFIX = ".spool";
    private static final String LOCK = "lock";

    private final Path folder;
    private final FileChannel channel;

    /** Held until the channel is closed. */
    private final FileLock lock;

    private long next;

    private SpoolFolder(Path folder, FileChannel channel, FileLock lock) {
        this.folder = folder;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Why a folder cannot be the spool; empty when it can. It is made if it does not exist.
     */
    static Optional<String> refused(Path parent) {
        try {
            open(parent).close();
            return Optional.empty();
        } catch (IOException unusable) {
            return Optional.of(unusable.getClass().getSimpleName());
        }
    }

    /** Takes a free folder, with everything that was left behind. */
    static SpoolFolder open(Path parent) throws IOException {
        Files.createDirectories(parent);
        Optional<SpoolFolder> ours = Optional.empty();
        for (int number = 0; number < MAXIMUM_PROCESSES; number++) {
            Path candidate = parent.resolve(Integer.toString(number));
            if (ours.isPresent() && !Files.isDirectory(candidate)) {
                break;
            }
            Optional<SpoolFolder> free = lock(candidate);
            if (ours.isEmpty()) {
                ours = free;
            } else if (free.isPresent()) {
                try (SpoolFolder left = free.get()) {
                    ours.get().takeOver(left);
                }
            }
        }
        return ours.orElseThrow(() -> new IOException("too many processes use the folder"));
    }

    private static Optional<SpoolFolder> lock(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        Optional<FileLock> lock = lock(channel);
        if (lock.isEmpty()) {
            channel.close();
            return Optional.empty();
        }
        var ours = new SpoolFolder(folder, channel, lock.get());
        ours.next =
                ours.segments().stream().mapToLong(SpoolFolder::number).max().orElse(0) + 1;
        return Optional.of(ours);
    }

    private static Optional<FileLock> lock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException _) {
            // This process has it already.
            return Optional.empty();
        }
    }

    private void takeOver(SpoolFolder left) throws IOException {
        for (Path segment : left.segments()) {
            Files.move(segment, newSegment(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** The files with records, the oldest first. */
    List<Path> segments() throws IOException {
        var segments = new ArrayList<Path>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> number(file) > 0).forEach(segments::add);
        }
        segments.sort((one, other) -> Long.compare(number(one), number(other)));
        return segments;
    }

    /** The name of a file that does not exist yet. */
    Path newSegment() {
        return folder.resolve("%019d".formatted(next++) + SUFFIX);
    }

    private static long number(Path file) {
        String name = file.getFileName().toString();
        return name.matches("[0-9]{19}\\" + SUFFIX)
                ? Long.parseLong(name.substring(0, name.length() - SUFFIX.length()))
                : 0;
    }

    /** Whether it is still ours. */
    boolean isOurs() {
        return lock.isValid();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
