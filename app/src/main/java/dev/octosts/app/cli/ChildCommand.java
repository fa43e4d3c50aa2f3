package dev.octosts.app.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A command that runs in place of this process, as far as the caller can see. */
final class ChildCommand {

    // The value that shells use.
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

    /** Java passes on the system's reason as text only: EACCES is 13 on all systems that have it. */
    private static final Pattern NOT_ALLOWED = Pattern.compile("error[=:] ?13\\b");

    private final List<String> command;
    private final Map<String, String> variables;

    /** @param variables set in addition to those of this process; secrets */
    ChildCommand(List<String> command, Map<String, String> variables) {
        this.command = List.copyOf(command);
        this.variables = Map.copyOf(variables);
    }

    /**
     * Runs the command on our input and outputs, and returns its status. When a signal ended it, the status is 128 plus
     * the signal's number.
     */
    int run(ForwardedSignals signals) throws CommandFailure, InterruptedException {
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(variables);
        try {
            var process = builder.start();
            signals.to(process);
            return process.waitFor();
        } catch (IOException failed) {
            boolean notAllowed =
                    NOT_ALLOWED.matcher(String.valueOf(failed.getMessage())).find();
            throw new CommandFailure(
                    notAllowed ? NOT_EXECUTABLE : NOT_FOUND,
                    "the command cannot be run: " + command.getFirst()
                            + (notAllowed ? " may not be executed" : " was not found"));
        }
    }
}
