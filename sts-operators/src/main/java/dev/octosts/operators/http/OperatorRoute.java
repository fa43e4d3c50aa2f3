package dev.octosts.operators.http;

import dev.octosts.exchange.spi.StoreException;
import dev.octosts.operators.access.Need;
import java.util.Optional;

/**
 * A line of the table of routes.
 *
 * @param method GET, POST or DELETE
 * @param path one segment of it may be {@code {id}}, which stands for any text
 * @param need what the caller needs
 * @param kind who the caller is expected to be
 * @param handler answers
 */
public record OperatorRoute(String method, String path, Need need, Kind kind, Handler handler) {

    private static final String VARIABLE = "{id}";

    /** Who calls a route. */
    public enum Kind {
        /** A program, or a person's script: errors are JSON. */
        API,
        /** A person with a browser: errors are pages, and a person who is not logged in is sent to log in. */
        PAGE
    }

    /** Answers the calls of a route. The caller has what the route needs. */
    @FunctionalInterface
    public interface Handler {

        /**
         * Answers a call.
         *
         * @throws StoreException when the database does not answer
         * @throws CallRefused when the call is not right
         */
        OperatorAnswer answer(OperatorCall call) throws StoreException;
    }

    /** A route of the API. */
    public static OperatorRoute api(String method, String path, Need need, Handler handler) {
        return new OperatorRoute(method, path, need, Kind.API, handler);
    }

    /** A route of the console. */
    public static OperatorRoute page(String method, String path, Need need, Handler handler) {
        return new OperatorRoute(method, path, need, Kind.PAGE, handler);
    }

    /** The line as tests and logs name it. */
    public String name() {
        return method + " " + path;
    }

    /** The text at the place of the variable, empty when there is none; nothing when the path is another one. */
    Optional<String> match(String asked) {
        int at = path.indexOf(VARIABLE);
        if (at < 0) {
            return path.equals(asked) ? Optional.of("") : Optional.empty();
        }
        String before = path.substring(0, at);
        String after = path.substring(at + VARIABLE.length());
        int length = asked.length() - before.length() - after.length();
        if (length < 1 || !asked.startsWith(before) || !asked.endsWith(after)) {
            return Optional.empty();
        }
        String variable = asked.substring(before.length(), before.length() + length);
        return variable.indexOf('/') < 0 ? Optional.of(variable) : Optional.empty();
    }

    /** Whether it changes something. */
    boolean changes() {
        return !method.equals("GET");
    }
}
