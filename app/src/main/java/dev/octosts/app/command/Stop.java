package dev.octosts.app.command;

import dev.octosts.policy.text.SafeText;
import java.io.PrintWriter;
import java.util.List;

/** A command gives up: what it says, and the status it ends with. */
public final class Stop extends Exception {

    /** The service refused. */
    public static final int REFUSED = 1;

    /** The command was told something that makes no sense, or too little. */
    public static final int USAGE = 2;

    /** No service answered, or it cannot serve now. */
    public static final int UNREACHABLE = 3;

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<String> lines;

    /** @param lines for people to read, without secrets: what is wrong, then what to do */
    public Stop(int status, String... lines) {
        super(String.join(" / ", lines), null, false, false);
        this.status = status;
        this.lines = List.of(lines);
    }

    /** Says it, and returns the status. */
    public int tell(PrintWriter err) {
        lines.forEach(line -> err.println("octo-sts: " + SafeText.line(line)));
        err.flush();
        return status;
    }
}
