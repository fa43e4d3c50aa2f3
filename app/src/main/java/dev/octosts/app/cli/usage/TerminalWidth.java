package dev.octosts.app.cli.usage;

import dev.octosts.app.cli.policy.report.Colours;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The number of columns that there are for a text. */
final class TerminalWidth {

    private static final int USUAL = 80;
    private static final int LEAST = 40;
    private static final int MOST = 240;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,5}) ([0-9]{1,5})");

    private TerminalWidth() {}

    static int ofThisTerminal() {
        return of(System.getenv("COLUMNS"), () -> Colours.isTerminal() ? asked() : OptionalInt.empty());
    }

    /**
     * The width in columns.
     *
     * @param columns the variable {@code COLUMNS}, which a user may set
     * @param terminal asks the terminal; empty when there is none
     */
    static int of(@Nullable String columns, Supplier<OptionalInt> terminal) {
        int width = columns != null && NUMBER.matcher(columns).matches()
                ? Integer.parseInt(columns)
                : terminal.get().orElse(USUAL);
        return width == 0 ? USUAL : Math.clamp(width, LEAST, MOST);
    }

    /** Java cannot ask the terminal itself. */
    private static OptionalInt asked() {
        try {
            var process = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(Redirect.DISCARD)
                    .start();
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return OptionalInt.empty();
            }
            try (var answer = process.inputReader()) {
                var size = SIZE.matcher(String.valueOf(answer.readLine()));
                return size.matches() ? OptionalInt.of(Integer.parseInt(size.group(2))) : OptionalInt.empty();
            }
        } catch (IOException _) {
            return OptionalInt.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }
}
