package dev.octosts.app.cli.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files of any size without running out of memory. */
final class FileBytes {

    /** The limit up to which the service reads a file. */
    static final int LIMIT = 1 << 20;

    private FileBytes() {}

    /** At most one byte more than the limit. */
    static byte[] read(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(LIMIT + 1);
        }
    }
}
