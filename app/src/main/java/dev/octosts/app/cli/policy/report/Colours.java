package dev.octosts.app.cli.policy.report;

import dev.octosts.policy.diagnostic.Severity;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Colours for output on a terminal.
 *
 * @param on whether colours are used
 */
public record Colours(boolean on) {

    private static final String BOLD = "1";
    private static final String RED = "1;31";
    private static final String YELLOW = "1;33";
    private static final String CYAN = "1;36";
    private static final String GREEN = "1;32";

    /**
     * Whether colours are wanted.
     *
     * @see <a href="https://no-color.org">no-color.org</a>
     */
    public static Colours wanted(Map<String, String> variables, BooleanSupplier terminal) {
        boolean refused = !variables.getOrDefault("NO_COLOR", "").isEmpty()
                || variables.getOrDefault("TERM", "").equals("dumb");
        return new Colours(!refused && terminal.getAsBoolean());
    }

    @SuppressWarnings("SystemConsoleNull") // JDK 25 went back to null where there is no terminal
    public static boolean isTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }

    String path(String text) {
        return in(BOLD, text);
    }

    String severity(Severity severity, String text) {
        return switch (severity) {
            case ERROR -> in(RED, text);
            case WARNING -> in(YELLOW, text);
            case HINT -> in(CYAN, text);
        };
    }

    String mark(String text) {
        return in(GREEN, text);
    }

    private String in(String colour, String text) {
        return on ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
    }
}
