package dev.octosts.app.cli;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The terminal from which a command was called, with the streams for its output.
 *
 * @param command its name with those above it, such as {@code octo-sts policy check}
 * @param out takes the results
 * @param err takes all messages that are not results
 * @param arguments as they were written
 * @param userAgent how the program introduces itself to services
 */
public record Terminal(String command, PrintWriter out, PrintWriter err, List<String> arguments, String userAgent) {

    /** The terminal of the command with that specification. */
    public static Terminal of(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("a command runs on a command line");
        }
        var line = spec.commandLine();
        var version = String.join("", spec.root().version());
        return new Terminal(
                spec.qualifiedName(),
                line.getOut(),
                line.getErr(),
                line.getParseResult().originalArgs(),
                version.isEmpty() ? "octo-sts" : version.replace(' ', '/'));
    }

    /** The program's version. */
    public String version() {
        return userAgent.substring(userAgent.indexOf('/') + 1);
    }
}
