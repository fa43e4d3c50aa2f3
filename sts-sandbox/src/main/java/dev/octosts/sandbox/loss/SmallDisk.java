package dev.octosts.sandbox.loss;

import dev.octosts.sandbox.process.SandboxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/** A file system of its own that is small enough to be filled: a tmpfs, which only root may mount. */
final class SmallDisk implements AutoCloseable {

    private static final int MEGABYTES = 160;
    private static final byte[] BLOCK = new byte[4 * 1024];

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Why there cannot be one here; empty when there can. */
    static Optional<String> refused() {
        return "root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/bin/mount"))
                ? Optional.empty()
                : Optional.of("a disk that is full needs Linux, and root, who may mount a tmpfs");
    }

    static SmallDisk mount() throws IOException, InterruptedException {
        var folder = Files.createTempDirectory(Path.of("/tmp"), "octo-sts-disk-");
        run(
                "/bin/mount",
                "-t",
                "tmpfs",
                "-o",
                "size=" + MEGABYTES + "m,mode=0755",
                "octo-sts-trial",
                folder.toString());
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new SmallDisk(folder);
    }

    Path folder() {
        return folder;
    }

    /** Takes all room that there is. */
    void fill() {
        try (var filler = Files.newOutputStream(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                filler.write(BLOCK);
            }
        } catch (IOException full) {
            // That is what was wanted.
        }
    }

    /** Gives the room back. */
    void free() throws IOException {
        Files.deleteIfExists(filler());
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String said;
        try (var output = process.inputReader()) {
            said = String.join(" ", output.lines().toList());
        }
        if (process.waitFor() != 0) {
            throw new SandboxException(command[0] + ": " + said);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            run("/bin/umount", folder.toString());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(folder);
    }
}
