package dev.octosts.app.cli.usage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The commands and options as a script for the shell fish, which picocli has none for.
 *
 * @see <a href="https://fishshell.com/docs/current/cmds/complete.html">fish: complete</a>
 */
public final class FishCompletion {

    private FishCompletion() {}

    /**
     * The script.
     *
     * @param root the command that it is about, with all those below it
     */
    public static String of(CommandSpec root) {
        List<CommandSpec> commands = ManualPages.visible(root).toList();
        var lines = new ArrayList<String>();
        String function = "__" + root.name().replace('-', '_') + "_is";
        lines.add("# Completion of " + root.name() + " in fish, made by '" + root.name() + " completion fish'.");
        lines.add("function " + function + " --description 'whether the command line is at this command'");
        lines.add("    set -l commands "
                + commands.stream()
                        .filter(command -> !command.equals(root))
                        .map(command -> quoted(path(root, command)))
                        .collect(Collectors.joining(" ")));
        lines.add("    set -l at ''");
        lines.add("    set -l words (commandline -opc)");
        lines.add("    set -e words[1]");
        lines.add("    for word in $words");
        lines.add("        set -l next (string trim -- \"$at $word\")");
        lines.add("        contains -- $next $commands; and set at $next");
        lines.add("    end");
        lines.add("    test \"$at\" = \"$argv[1]\"");
        lines.add("end");
        lines.add("complete -c " + root.name() + " -f");
        for (CommandSpec command : commands) {
            String start =
                    "complete -c " + root.name() + " -n " + quoted(function + " " + quoted(path(root, command))) + " ";
            command.subcommands().forEach((name, line) -> {
                if (!line.getCommandSpec().usageMessage().hidden()) {
                    lines.add(start + "-a " + quoted(name) + described(HelpText.summary(line)));
                }
            });
            command.options().stream()
                    .filter(option -> !option.hidden())
                    .forEach(option -> lines.add(start + option(option)));
            command.positionalParameters().stream()
                    .filter(parameter -> !parameter.hidden())
                    .forEach(parameter -> lines.add(start + parameter(parameter)));
        }
        return String.join("\n", lines) + "\n";
    }

    /** The name of a command below the root: {@code policy check}. */
    private static String path(CommandSpec root, CommandSpec command) {
        return command.equals(root)
                ? ""
                : command.qualifiedName().substring(root.qualifiedName().length() + 1);
    }

    private static String option(OptionSpec option) {
        var words = new ArrayList<String>();
        for (String name : option.names()) {
            if (name.startsWith("--")) {
                words.add("-l " + name.substring(2));
                if (option.negatable()) {
                    words.add("-l no-" + name.substring(2));
                }
            } else {
                words.add((name.length() == 2 ? "-s " : "-o ") + name.substring(1));
            }
        }
        if (option.arity().min() > 0) {
            String values = values(option);
            words.add(!values.isEmpty() ? "-x -a " + quoted(values) : takesFiles(option) ? "-r -F" : "-x");
        }
        return String.join(" ", words) + described(HelpText.description(option));
    }

    private static String parameter(PositionalParamSpec parameter) {
        String values = values(parameter);
        return (values.isEmpty() ? "-F" : "-a " + quoted(values)) + described(HelpText.description(parameter));
    }

    private static String values(ArgSpec argument) {
        @Nullable Iterable<String> candidates = argument.completionCandidates();
        return candidates == null ? "" : String.join(" ", candidates);
    }

    private static boolean takesFiles(OptionSpec option) {
        return option.type() == Path.class
                || List.of("FILE", "FOLDER", "DIR", "PATH").contains(option.paramLabel());
    }

    private static String described(String description) {
        return description.isEmpty() ? "" : " -d " + quoted(description);
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
