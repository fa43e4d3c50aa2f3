package dev.octosts.app.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;

/**
 * A signal that runs an action of ours instead of ending the process. The JDK supports {@code sun.misc.Signal} and has
 * no other way to do this, but no compiler accepts the name without a warning: hence the reflection.
 *
 * @see <a href="https://openjdk.org/jeps/260">JEP 260: critical internal APIs remain accessible</a>
 */
final class CaughtSignal {

    private static final String SIGNAL = "sun.misc.Signal";
    private static final String HANDLER = "sun.misc.SignalHandler";

    private final Method handle;
    private final Object signal;
    private final Object before;

    private CaughtSignal(Method handle, Object signal, Object before) {
        this.handle = handle;
        this.signal = signal;
        this.before = before;
    }

    /**
     * Catches a signal; empty where this system has no such signal, or where an option of Java disables signal
     * handling.
     *
     * @param name without {@code SIG}
     */
    static Optional<CaughtSignal> of(String name, Runnable action) {
        try {
            var handler = Class.forName(HANDLER);
            var signal = Class.forName(SIGNAL).getConstructor(String.class).newInstance(name);
            var handle = signal.getClass().getMethod("handle", signal.getClass(), handler);
            var ours = Proxy.newProxyInstance(
                    CaughtSignal.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        action.run();
                        return null;
                    });
            return Optional.of(new CaughtSignal(handle, signal, handle.invoke(null, signal, ours)));
        } catch (ReflectiveOperationException _) {
            return Optional.empty();
        }
    }

    /** Restores the former effect of the signal. */
    void release() {
        try {
            handle.invoke(null, signal, before);
        } catch (ReflectiveOperationException _) {
            // A signal that could be caught can be released.
        }
    }
}
