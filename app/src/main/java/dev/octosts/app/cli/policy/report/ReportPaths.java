package dev.octosts.app.cli.policy.report;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Paths for readers of a report who look at the repository, wherever in it the command was called.
 *
 * @param base absolute; the checkout's topmost folder, or the folder of the call
 */
public record ReportPaths(Path base) {

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

    /** Relative to the base where the file is below it, else absolute; with slashes. */
    String text(Path file) {
        return below(file).orElse(file).toString().replace(File.separatorChar, '/');
    }

    boolean contains(Path file) {
        return below(file).isPresent();
    }

    /** The same as a reference in the sense of RFC 3986. */
    String reference(Path file) {
        return below(file)
                .map(inside -> encoded(inside.toString().replace(File.separatorChar, '/')))
                .orElseGet(() -> absolute(file));
    }

    /** The base itself, with the slash that makes it one. */
    String baseReference() {
        var reference = absolute(base);
        return reference.endsWith("/") ? reference : reference + "/";
    }

    private static String absolute(Path file) {
        var path = file.toString().replace(File.separatorChar, '/');
        return "file://" + (path.startsWith("/") ? "" : "/") + encoded(path);
    }

    private Optional<Path> below(Path file) {
        return file.startsWith(base) ? Optional.of(base.relativize(file)) : Optional.empty();
    }

    private static String encoded(String path) {
        var encoded = new StringBuilder();
        for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            if (UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append("%%%02X".formatted((int) c));
            }
        }
        return encoded.toString();
    }
}
