package dev.octosts.app.keys;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on what becomes of changes of what is read again. Nobody listens before the program runs. */
public final class Rereadings {

    private static final Logger LOG = LoggerFactory.getLogger(Rereadings.class);

    private volatile Consumer<Rereading> listener = rereading -> {};

    public Rereadings() {}

    /**
     * What became of a change.
     *
     * @param what as logs call it
     * @param provider {@code file}, or that of the manager of secrets
     * @param taken whether it is used from now on
     * @param text what the log says of it: the fingerprint of a key, what is another thing, or why it is refused
     */
    public record Rereading(String what, String provider, boolean taken, String text) {}

    /** Listens from now on, in the place of who listened before. */
    public void listen(Consumer<Rereading> another) {
        listener = another;
    }

    void report(Rereading rereading) {
        try {
            listener.accept(rereading);
        } catch (RuntimeException fault) {
            // What was read is sound or not, whether it can be recorded or not.
            LOG.error("what was read again could not be recorded by a fault of this service", fault);
        }
    }
}
