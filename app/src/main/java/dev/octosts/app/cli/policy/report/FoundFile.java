package dev.octosts.app.cli.policy.report;

import dev.octosts.policy.lint.Diagnostic;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file to check.
 *
 * @param path absolute
 * @param shown as the caller would write it
 * @param below the folder that was asked for, or that of the file; nothing outside of it is changed
 * @param fault why it cannot be looked at; mostly empty
 */
public record FoundFile(Path path, String shown, Path below, Optional<Diagnostic> fault) {

    public String name() {
        return String.valueOf(path.getFileName());
    }
}
