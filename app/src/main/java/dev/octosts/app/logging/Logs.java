package dev.octosts.app.logging;

import ch.qos.logback.classic.Level;
import dev.octosts.app.settings.Settings.LogLevel;
import org.slf4j.LoggerFactory;

/** Starts the log, or stops it for a while. */
public final class Logs {

    private Logs() {}

    /** Sets the level, and redirects to the log the messages that libraries send to the JDK's own loggers. */
    public static void start(LogLevel level) {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.toLevel(level.name()));
        }
        new JdkLogBridge().runTime();
    }

    /** The log is silent until the end of this. */
    public interface Silence extends AutoCloseable {
        @Override
        void close();
    }

    /** Silences the log of a command whose output is its result; what goes wrong comes as an exception. */
    public static Silence silenced() {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            Level before = root.getLevel();
            root.setLevel(Level.OFF);
            return () -> root.setLevel(before);
        }
        return () -> {};
    }
}
