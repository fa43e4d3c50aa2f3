package dev.octosts.sandbox.loss;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The files of a trial. */
final class LossFiles {

    private LossFiles() {}

    /** Deletes a folder with everything in it. */
    static void delete(Path folder) throws IOException {
        List<Path> all;
        try (var files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (var file : all) {
            Files.deleteIfExists(file);
        }
    }
}
