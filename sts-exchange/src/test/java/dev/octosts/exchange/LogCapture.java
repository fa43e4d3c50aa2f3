package dev.octosts.exchange;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Everything that this service logs while it is open, down to the finest level, with stack traces. */
public final class LogCapture implements AutoCloseable {

    private static final Logger OURS = Logger.getLogger("dev.octosts");

    private final Lines lines = new Lines();

    private LogCapture() {}

    /** Starts listening. */
    public static LogCapture open() {
        var capture = new LogCapture();
        OURS.setLevel(Level.ALL);
        OURS.setUseParentHandlers(false);
        OURS.addHandler(capture.lines);
        return capture;
    }

    /** All lines so far, as one text. */
    public String text() {
        return String.join("\n", lines.all);
    }

    @Override
    public void close() {
        OURS.removeHandler(lines);
        OURS.setUseParentHandlers(true);
        OURS.setLevel(null);
    }

    private static final class Lines extends Handler {

        private final SimpleFormatter format = new SimpleFormatter();
        private final List<String> all = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord line) {
            all.add(format.format(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
