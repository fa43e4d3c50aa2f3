package dev.octosts.app.cli.githubapp;

import dev.octosts.app.cli.CommandFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;

/** Writes files with secrets that only their owner can read. An existing file is never overwritten. */
final class NewFiles {

    private final Path folder;

    NewFiles(Path folder) {
        this.folder = folder;
    }

    /** Makes sure that the files can be written, before there is a secret that could be lost. */
    void prepare(List<String> names) throws CommandFailure {
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

    Path write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        boolean posix = Files.getFileStore(folder).supportsFileAttributeView("posix");
        FileAttribute<?>[] mine = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(file, options, mine)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            return file;
        } catch (FileAlreadyExistsException meanwhile) {
            throw new IOException(file + " was made by somebody else meanwhile", meanwhile);
        }
    }
}
