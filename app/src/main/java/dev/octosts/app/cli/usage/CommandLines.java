package dev.octosts.app.cli.usage;

import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Makes command lines that explain themselves in the same way. */
public final class CommandLines {

    private static final String HELP = "help";

    private CommandLines() {}

    /**
     * Where to read more, as the end of a message.
     *
     * @param command its name with those above it
     */
    public static String seeHelpOf(String command, String message) {
        return (message.endsWith("?") ? " " : "; ") + "see '" + command + " --help'";
    }

    /** The command line of a command and of all commands below it. */
    public static CommandLine of(Object command) {
        return new CommandLine(command)
                .setExpandAtFiles(false) // arguments also belong to other commands
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setHelpSectionKeys(List.of(HELP))
                .setHelpSectionMap(Map.of(
                        HELP,
                        help -> new HelpText(
                                        help.commandSpec(),
                                        TerminalWidth.ofThisTerminal(),
                                        help.ansi().enabled())
                                .text()))
                .setParameterExceptionHandler(new UsageErrors());
    }
}
