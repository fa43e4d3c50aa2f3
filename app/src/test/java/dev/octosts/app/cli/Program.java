package dev.octosts.app.cli;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The program in a process of its own, on the class path of the tests. */
final class Program {

    private Program() {}

    static List<String> command(String... arguments) {
        return command(List.of(), arguments);
    }

    static List<String> command(List<String> options, String... arguments) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.octosts.app.Main"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Without the variables that would configure it. */
    static ProcessBuilder builder(List<String> command) {
        var builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("OCTOSTS_")
                        || name.startsWith("GITHUB_")
                        || name.startsWith("ACTIONS_")
                        || name.toUpperCase(Locale.ROOT).endsWith("_PROXY")
                        || name.equals("JAVA_TOOL_OPTIONS"));
        return builder;
    }
}
