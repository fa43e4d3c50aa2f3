package dev.octosts.app.database;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Describes a database failure without the driver's own message, which may contain the address and its password. */
final class Causes {

    private static final int DEPTH = 8;

    private Causes() {}

    /** What an operator can do something about, where the cause is known, and the technical text in any case. */
    static String plain(Throwable failure) {
        return chain(failure).reversed().stream()
                .flatMap(cause -> plainly(cause).stream())
                .findFirst()
                .map(words -> words + " [" + text(failure) + "]")
                .orElseGet(() -> text(failure));
    }

    private static Optional<String> plainly(Throwable cause) {
        return Optional.ofNullable(
                switch (cause) {
                    case UnknownHostException _ ->
                        "there is no host of the name in OCTOSTS_DB_URL; correct the name, or the DNS of this machine";
                    case ConnectException _, NoRouteToHostException _ ->
                        "nobody listens at the address in OCTOSTS_DB_URL; start the database, or correct host and port";
                    case SocketTimeoutException _ ->
                        "there is no answer from the address in OCTOSTS_DB_URL; a firewall may be in the way";
                    case SSLException _ ->
                        "the connection cannot be encrypted as OCTOSTS_DB_URL wants it; see sslmode and sslrootcert"
                                + " there, and the server's certificate";
                    case SQLException sql -> ofState(String.valueOf(sql.getSQLState()));
                    default -> null;
                });
    }

    /**
     * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL: error codes</a>
     * @see <a href="https://h2database.com/javadoc/org/h2/api/ErrorCode.html">H2: error codes</a>
     */
    private static @Nullable String ofState(String state) {
        return switch (state) {
            case "3D000" ->
                "the server has no database of the name in OCTOSTS_DB_URL; create it (CREATE DATABASE), or correct the"
                        + " name";
            case "28P01" -> "the password is wrong; correct OCTOSTS_DB_PASSWORD, or OCTOSTS_DB_USER";
            case "28000" ->
                "the database does not let this user in; correct OCTOSTS_DB_USER and OCTOSTS_DB_PASSWORD, or the"
                        + " server's pg_hba.conf";
            case "08004" -> "the database wants a password; give it in OCTOSTS_DB_PASSWORD";
            case "42501" -> "the user may not create tables; let it (GRANT CREATE ON SCHEMA), or give another user";
            case "25006" -> "the database is read-only, a standby perhaps; name the primary in OCTOSTS_DB_URL";
            case "53300" -> "the server has no free connection for this user; raise max_connections, or close others";
            case "57P03" -> "the database is still starting";
            case "90020" -> "another process has the file open; an H2 file serves one process";
            default -> null;
        };
    }

    private static List<Throwable> chain(Throwable failure) {
        var chain = new ArrayList<Throwable>();
        for (@Nullable Throwable cause = failure; cause != null && chain.size() < DEPTH; cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }

    static String text(Throwable failure) {
        return chain(failure).stream().map(Causes::type).collect(Collectors.joining(" by "));
    }

    /** Describes a failure without its causes. */
    static String type(Throwable failure) {
        String type = failure.getClass().getSimpleName();
        return failure instanceof SQLException sql && sql.getSQLState() != null
                ? type + " (SQL state " + sql.getSQLState() + ")"
                : type;
    }
}
