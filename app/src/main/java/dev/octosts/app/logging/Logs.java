package dev.octosts.app.logging;

import ch.qos.logback.classic.Level;
import dev.octosts.app.settings.Settings.LogLevel;
import org.slf4j.LoggerFactory;

/** Turns the log on. */
public final class Logs {

    private Logs() {}

    /** Sets the level, and sends there what libraries log through the JDK's own loggers. */
    public static void start(LogLevel level) {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.toLevel(level.name()));
        }
        new JdkLogBridge().runTime();
    }
}
