package dev.octosts.app.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads and writes the files of a user. */
public final class LocalFiles {

    /** The limit in bytes up to which the service reads a file. */
    public static final int LIMIT = 1 << 20;

    private LocalFiles() {}

    /** Reads at most one byte more than the limit. */
    public static byte[] read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(LIMIT + 1);
        }
    }

    /** Why it failed, without the path. */
    public static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException _ -> "permission is denied";
            case NoSuchFileException _ -> "it is not there";
            case FileSystemException other when other.getReason() != null -> String.valueOf(other.getReason());
            default -> "it cannot be read or written";
        };
    }

    /**
     * Writes files that do not exist yet: all of them or none.
     *
     * @param directory where relative paths start
     * @param folder as it was written
     * @param files their texts by name
     * @return their paths in the form that the caller would write
     */
    public static List<String> create(Path directory, String folder, Map<String, String> files) throws CommandFailure {
        var shown = new ArrayList<String>();
        var created = new ArrayList<Path>();
        try {
            var base = directory.resolve(folder);
            for (String name : new TreeMap<>(files).keySet()) {
                if (Files.exists(base.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                    throw new CommandFailure(
                            CommandFailure.USAGE,
                            Path.of(folder, name) + ": there is such a file already; it stays as it is");
                }
            }
            for (var file : new TreeMap<>(files).entrySet()) {
                var path = base.resolve(file.getKey());
                Files.createDirectories(path.resolveSibling(""));
                Files.writeString(path, file.getValue(), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
                created.add(path);
                shown.add(Path.of(folder, file.getKey()).toString());
            }
            return shown;
        } catch (IOException | InvalidPathException failed) {
            created.forEach(LocalFiles::remove);
            throw new CommandFailure(CommandFailure.USAGE, folder + ": " + whyNotCreated(failed));
        }
    }

    private static String whyNotCreated(Exception failed) {
        return switch (failed) {
            case FileAlreadyExistsException _ -> "there is such a file already; it stays as it is";
            case IOException other -> reason(other);
            default -> "this is not a path";
        };
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // The message says that no file was finished.
        }
    }

    /** Makes sure that new files can be written to a folder, before there is a secret that could be lost. */
    public static void prepare(Path folder, List<String> names) throws CommandFailure {
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw new CommandFailure(CommandFailure.USAGE, "--output: the folder " + folder + " cannot be made");
        }
        if (!Files.isWritable(folder)) {
            throw new CommandFailure(CommandFailure.USAGE, "--output: the folder " + folder + " cannot be written to");
        }
        for (String name : names) {
            if (Files.exists(folder.resolve(name))) {
                throw new CommandFailure(
                        CommandFailure.USAGE,
                        "--output: " + folder.resolve(name)
                                + " is there already; move it away, or give another folder");
            }
        }
    }

    /** Writes a new file with a secret that only its owner can read. An existing file is never overwritten. */
    public static Path createSecret(Path folder, String name, String text) throws IOException {
        var file = folder.resolve(name);
        boolean posix = Files.getFileStore(folder).supportsFileAttributeView("posix");
        FileAttribute<?>[] mine = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(file, options, mine)) {
            writeWhole(channel, text.getBytes(StandardCharsets.UTF_8));
            return file;
        } catch (FileAlreadyExistsException meanwhile) {
            throw new IOException(file + " was made by somebody else meanwhile", meanwhile);
        }
    }

    /**
     * Replaces a file as a whole, unless it is a link, outside the folder, read-only, or has changed. A reader during
     * the write, or after a power cut, finds the old file or the new one.
     *
     * @param below the folder that the file's own folder must be in, links resolved
     * @param before the current content of the file
     * @return why the file was left alone; empty when it was replaced
     */
    public static Optional<String> replace(Path file, Path below, byte[] before, byte[] after) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of("it is a link or no ordinary file; name the file itself");
            }
            var folder = file.resolveSibling("").toRealPath();
            if (!folder.startsWith(below.toRealPath())) {
                return Optional.of("a link on the way leads elsewhere");
            }
            if (!Files.isWritable(file)) {
                return Optional.of("it is read-only");
            }
            return replaceIn(folder, file, before, after);
        } catch (IOException failed) {
            return Optional.of(reason(failed));
        }
    }

    private static Optional<String> replaceIn(Path folder, Path file, byte[] before, byte[] after) throws IOException {
        var target = folder.resolve(file.getFileName());
        var draft = Files.createTempFile(folder, ".octo-sts-", ".tmp");
        try {
            try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                writeWhole(channel, after);
            }
            copyAttributes(target, draft);
            if (!Arrays.equals(read(target), before)) {
                return Optional.of("it was changed meanwhile");
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            return Optional.empty();
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void copyAttributes(Path from, Path to) throws IOException {
        var source = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        var target = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (source == null || target == null) {
            return;
        }
        var attributes = source.readAttributes();
        target.setPermissions(attributes.permissions());
        try {
            target.setGroup(attributes.group());
            target.setOwner(attributes.owner());
        } catch (IOException _) {
            // A user who may not give files away owns the files that he writes, as with any editor.
        }
    }

    private static void writeWhole(FileChannel channel, byte[] content) throws IOException {
        var bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }
}
