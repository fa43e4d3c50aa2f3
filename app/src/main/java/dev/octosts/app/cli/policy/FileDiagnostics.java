package dev.octosts.app.cli.policy;

import dev.octosts.app.cli.LocalFiles;
import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.FaultLocation;
import dev.octosts.policy.diagnostic.Position;
import dev.octosts.policy.lint.Diagnostic;
import dev.octosts.policy.lint.Fix;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Makes diagnostics that are not about the content of a file. */
final class FileDiagnostics {

    private FileDiagnostics() {}

    /** The file cannot be read, so its content cannot be checked. */
    static Diagnostic unreadable(String cause, String advice) {
        return note(DiagnosticCode.UNREADABLE, cause, advice);
    }

    static Diagnostic unreadable(IOException failure) {
        return unreadable(LocalFiles.reason(failure), "make it a file that can be read");
    }

    static Diagnostic wrongName(String cause, String advice) {
        return note(DiagnosticCode.WRONG_FILE_NAME, cause, advice);
    }

    private static Diagnostic note(DiagnosticCode code, String cause, String advice) {
        return new Diagnostic(
                code,
                new FaultLocation(Position.START, Position.START),
                cause + "; " + advice,
                Optional.of(new Fix(advice, List.of())));
    }
}
