package dev.octosts.app.cli.githubapp;

import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.cli.LocalFiles;
import dev.octosts.policy.text.SafeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads a file of variables, as {@code docker run --env-file} and systemd read it: {@code NAME=VALUE} lines, and
 * comments. A value may be in quotes.
 */
final class EnvironmentFile {

    private static final Pattern LINE = Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*)");

    private EnvironmentFile() {}

    static Map<String, String> read(Path directory, String file) throws CommandFailure {
        var shown = SafeText.line(file);
        byte[] bytes;
        try {
            bytes = LocalFiles.read(directory.resolve(file));
        } catch (IOException failed) {
            throw refused("cannot read " + shown + ": " + LocalFiles.reason(failed));
        } catch (InvalidPathException notAPath) {
            throw refused("this is not a path");
        }
        if (bytes.length > LocalFiles.LIMIT) {
            throw refused(shown + " has more than " + LocalFiles.LIMIT + " bytes");
        }
        var variables = new LinkedHashMap<String, String>();
        int number = 0;
        for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
            number++;
            var text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            var parts = LINE.matcher(text);
            if (!parts.matches()) {
                // The line may have a secret in it.
                throw refused(shown + ", line " + number + ": write NAME=VALUE");
            }
            variables.put(parts.group(1), unquoted(parts.group(2)));
        }
        return variables;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static CommandFailure refused(String reason) {
        return new CommandFailure(CommandFailure.USAGE, "--env-file: " + reason);
    }
}
