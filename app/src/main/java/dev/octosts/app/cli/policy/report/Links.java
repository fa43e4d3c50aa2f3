package dev.octosts.app.cli.policy.report;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * Links from a code to its documentation, for terminals that show text as a link.
 *
 * @param on whether the terminal does
 * @see <a href="https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda">Hyperlinks in terminal emulators</a>
 */
public record Links(boolean on) {

    static final String DOCUMENTATION = "https://github.com/octo-sts/octo-sts-java/blob/main/docs/diagnostics.md";

    private static final String FORCE = "FORCE_HYPERLINK";
    private static final Set<String> PROGRAMS =
            Set.of("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio", "zed", "WarpTerminal");
    private static final Set<String> SIGNS =
            Set.of("WT_SESSION", "DOMTERM", "KONSOLE_VERSION", "KITTY_WINDOW_ID", "ALACRITTY_WINDOW_ID");
    /** VTE of version 0.50.0 crashes at a link; versions before it show nothing. */
    private static final int FIRST_VTE = 5001;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");
    private static final String START = "\u001b]8;;";
    private static final String END = "\u001b\\";

    /**
     * Whether links are wanted. There is no question that a terminal answers, but programs are known that show them.
     *
     * @param variables of the process
     * @param terminal whether there is a terminal at all
     */
    public static Links wanted(Map<String, String> variables, BooleanSupplier terminal) {
        var forced = variables.getOrDefault(FORCE, "");
        if (!forced.isEmpty()) {
            return new Links(!forced.equals("0") && !forced.equals("false"));
        }
        return new Links(isKnown(variables) && terminal.getAsBoolean());
    }

    private static boolean isKnown(Map<String, String> variables) {
        var term = variables.getOrDefault("TERM", "");
        // Programs such as screen and tmux pass on what they know, but not the variables of the terminal they are in.
        if (term.equals("dumb") || term.startsWith("screen") || term.startsWith("tmux")) {
            return false;
        }
        var vte = variables.getOrDefault("VTE_VERSION", "");
        return PROGRAMS.contains(variables.getOrDefault("TERM_PROGRAM", ""))
                || SIGNS.stream()
                        .anyMatch(sign -> !variables.getOrDefault(sign, "").isEmpty())
                || (NUMBER.matcher(vte).matches() && Integer.parseInt(vte) >= FIRST_VTE);
    }

    /** The address of the entry about a code. */
    static String address(DiagnosticCode code) {
        return DOCUMENTATION + "#" + code.id().toLowerCase(Locale.ROOT);
    }

    /** The code, as a link where that is possible. */
    String code(DiagnosticCode code) {
        return on ? START + address(code) + END + code.id() + START + END : code.id();
    }
}
