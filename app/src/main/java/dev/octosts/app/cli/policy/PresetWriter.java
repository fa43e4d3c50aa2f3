package dev.octosts.app.cli.policy;

import dev.octosts.app.cli.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes files that do not exist yet: all of them or none.
 *
 * @param directory where relative paths start
 * @param folder as it was written
 */
record PresetWriter(Path directory, String folder) {

    /** Writes the files, and returns their paths in the form that the caller would write. */
    List<String> write(Map<String, String> files) throws CommandFailure {
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
            created.forEach(PresetWriter::remove);
            throw new CommandFailure(CommandFailure.USAGE, folder + ": " + reason(failed));
        }
    }

    private static String reason(Exception failed) {
        return switch (failed) {
            case FileAlreadyExistsException _ -> "there is such a file already; it stays as it is";
            case IOException other -> FileDiagnostics.reason(other);
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
}
