package dev.octosts.app.settings;

import dev.octosts.exchange.StickySettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Reads the settings for sticky routes: the storage of the routes, and the database. */
final class StickyReader {

    static final String STORE = "OCTOSTS_STICKY_STORE";
    static final String TTL = "OCTOSTS_STICKY_TTL";
    static final String URL = "OCTOSTS_DB_URL";
    static final String USER = "OCTOSTS_DB_USER";
    static final String PASSWORD = "OCTOSTS_DB_PASSWORD";

    /** The variable with the directory where systemd lets a service keep its state. */
    private static final String STATE_DIRECTORY = "STATE_DIRECTORY";

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(30);

    private StickyReader() {}

    static StickySettings sticky(Variables variables) {
        return new StickySettings(
                variables.value(STORE, StickySettings.Store.NONE, StickyReader::store),
                variables.value(TTL, Duration.ofHours(1), StickyReader::ttl));
    }

    /** Whether there will be a database, should its settings be sound. */
    static boolean wantsDatabase(Variables variables) {
        return variables.text(URL).isPresent()
                || variables.text(STORE).filter("jdbc"::equals).isPresent();
    }

    /** The configured database, or the file of this process when routes are to be kept in one. */
    static Optional<DatabaseSettings> database(Variables variables, StickySettings sticky) {
        Optional<String> url = variables.value(URL, StickyReader::address);
        if (url.isEmpty() && variables.text(URL).isEmpty()) {
            if (sticky.store() != StickySettings.Store.JDBC) {
                return Optional.empty();
            }
            url = Optional.of(DatabaseSettings.H2 + defaultFile(variables));
        }
        return url.map(address -> new DatabaseSettings(address, variables.text(USER), variables.text(PASSWORD)));
    }

    private static StickySettings.Store store(String text) {
        return switch (text) {
            case "memory" -> StickySettings.Store.MEMORY;
            case "jdbc" -> StickySettings.Store.JDBC;
            default ->
                throw new IllegalArgumentException(SettingFault.quoted(text)
                        + " is not a store; the stores are memory and jdbc, empty means none");
        };
    }

    private static Duration ttl(String text) {
        Duration duration = GoValues.duration(text);
        if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    SettingFault.quoted(text) + " is not from 1s to 720h; give a time such as 1h");
        }
        return duration;
    }

    /** The message does not repeat the address, which may contain a password. */
    private static String address(String text) {
        if (text.startsWith(DatabaseSettings.POSTGRESQL)) {
            return text;
        }
        if (!text.startsWith(DatabaseSettings.H2)) {
            throw new IllegalArgumentException("this is no address of a database; give one like"
                    + " jdbc:postgresql://db.example.com/octosts or jdbc:h2:file:/var/lib/octo-sts/octo-sts");
        }
        String path = text.substring(DatabaseSettings.H2.length());
        if (path.isEmpty() || path.indexOf(';') >= 0 || !isPath(path)) {
            throw new IllegalArgumentException("this is no address of an H2 file; give the path without .mv.db and"
                    + " without options, such as jdbc:h2:file:/var/lib/octo-sts/octo-sts");
        }
        return text;
    }

    private static boolean isPath(String text) {
        try {
            return Path.of(text).isAbsolute();
        } catch (InvalidPathException _) {
            return false;
        }
    }

    private static Path defaultFile(Variables variables) {
        return stateFolder(variables).resolve("octo-sts");
    }

    /** Where a service keeps its files. */
    static Path stateFolder(Variables variables) {
        return variables
                .text(STATE_DIRECTORY)
                .map(folders -> Path.of(folders.split(":", -1)[0]))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".local", "state", "octo-sts"))
                .toAbsolutePath();
    }
}
