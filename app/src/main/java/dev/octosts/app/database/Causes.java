package dev.octosts.app.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Describes a database failure without the driver's own message, which may contain the address and its password. */
final class Causes {

    private Causes() {}

    static String text(Throwable failure) {
        var text = new StringBuilder();
        int depth = 0;
        for (@Nullable Throwable cause = failure; cause != null && depth < 8; cause = cause.getCause(), depth++) {
            if (depth > 0) {
                text.append(" by ");
            }
            text.append(type(cause));
        }
        return text.toString();
    }

    /** Describes a failure without its causes. */
    static String type(Throwable failure) {
        String type = failure.getClass().getSimpleName();
        return failure instanceof SQLException sql && sql.getSQLState() != null
                ? type + " (SQL state " + sql.getSQLState() + ")"
                : type;
    }
}
