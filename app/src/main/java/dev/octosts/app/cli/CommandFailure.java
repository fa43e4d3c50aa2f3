package dev.octosts.app.cli;

import dev.octosts.app.cli.usage.CommandLines;
import dev.octosts.app.cli.usage.MaskedText;
import java.io.PrintWriter;
import java.util.List;

/** The failure of a command: its message, and the status with which the command ends. */
public final class CommandFailure extends Exception {

    /** The service refused. */
    public static final int REFUSED = 1;

    /** The arguments of the command are invalid or incomplete. */
    public static final int USAGE = 2;

    /** No service answered, or the service cannot serve at the moment. */
    public static final int UNREACHABLE = 3;

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<String> lines;

    /** @param lines for people to read, without secrets: first the fault, then what to do */
    public CommandFailure(int status, String... lines) {
        super(String.join(" / ", lines), null, false, false);
        this.status = status;
        this.lines = List.of(lines);
    }

    /** Prints the message, and returns the status. */
    public int tell(PrintWriter err) {
        return tell(err, "");
    }

    /** Prints the message, with the place to read more where the command line is to blame, and returns the status. */
    public int tell(Terminal terminal) {
        var message = lines.getFirst();
        boolean aboutOptions = message.contains("--") || message.contains(" is missing");
        boolean more = status == USAGE && lines.size() == 1 && aboutOptions;
        return tell(terminal.err(), more ? CommandLines.seeHelpOf(terminal.command(), message) : "");
    }

    private int tell(PrintWriter err, String end) {
        lines.forEach(line -> err.println("octo-sts: " + MaskedText.line(line) + end));
        err.flush();
        return status;
    }
}
