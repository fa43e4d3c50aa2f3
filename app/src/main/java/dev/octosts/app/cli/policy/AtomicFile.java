package dev.octosts.app.cli.policy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Arrays;
import java.util.Optional;

/** Replaces a file as a whole: a reader during the write, or after a power cut, finds the old file or the new one. */
final class AtomicFile {

    private AtomicFile() {}

    /**
     * Replaces a file, unless it is a link, outside the folder, read-only, or has changed.
     *
     * @param below the folder that the file's own folder must be in, links resolved
     * @param before the current content of the file
     * @return why the file was left alone; empty when it was replaced
     */
    static Optional<String> replace(Path file, Path below, byte[] before, byte[] after) {
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
            return Optional.of(FileDiagnostics.reason(failed));
        }
    }

    private static Optional<String> replaceIn(Path folder, Path file, byte[] before, byte[] after) throws IOException {
        var target = folder.resolve(file.getFileName());
        var draft = Files.createTempFile(folder, ".octo-sts-", ".tmp");
        try {
            try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(after);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            copyAttributes(target, draft);
            if (!Arrays.equals(FileBytes.read(target), before)) {
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
}
