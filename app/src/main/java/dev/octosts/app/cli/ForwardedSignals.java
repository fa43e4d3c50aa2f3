package dev.octosts.app.cli;

import java.io.FileInputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Forwards the signals that would end this process to the command that runs in its place. That command decides how to
 * react to them, and this process does its clean-up afterwards. A shutdown hook is not enough: it cannot pass on the
 * command's status.
 */
final class ForwardedSignals implements AutoCloseable {

    private static final String INTERRUPT = "INT";
    private static final List<String> ENDING = List.of("HUP", INTERRUPT, "TERM");

    private final List<CaughtSignal> caught = new ArrayList<>();
    private final List<String> early = new ArrayList<>();
    private final boolean terminal;
    private Optional<Process> child = Optional.empty();

    private ForwardedSignals(boolean terminal) {
        this.terminal = terminal;
    }

    /** Catches signals from now on. Signals that come before the command has started wait for it. */
    static ForwardedSignals catchThem() {
        var signals = new ForwardedSignals(hasTerminal());
        for (String name : ENDING) {
            CaughtSignal.of(name, () -> signals.received(name)).ifPresent(signals.caught::add);
        }
        return signals;
    }

    /** Sends the signals to this process. */
    synchronized void to(Process process) {
        child = Optional.of(process);
        early.forEach(name -> send(name, process));
        early.clear();
    }

    private synchronized void received(String name) {
        if (name.equals(INTERRUPT) && terminal) {
            return; // The terminal sends it to every process in its foreground, the command included.
        }
        child.ifPresentOrElse(process -> send(name, process), () -> early.add(name));
    }

    private static void send(String name, Process process) {
        if (!process.isAlive()) {
            return; // its number may belong to another process by now
        }
        if (!name.equals("TERM") && sent(name, process)) {
            return;
        }
        process.destroy();
    }

    /** Java itself can send a termination signal only. */
    private static boolean sent(String name, Process process) {
        try {
            return new ProcessBuilder(
                                    "/bin/sh",
                                    "-c",
                                    "kill -s \"$1\" \"$2\"",
                                    "kill",
                                    name,
                                    Long.toString(process.pid()))
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean hasTerminal() {
        try (var _ = new FileInputStream("/dev/tty")) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        caught.forEach(CaughtSignal::release);
    }

    /**
     * A signal that runs an action of ours instead of ending the process. The JDK supports {@code sun.misc.Signal} and
     * has no other way to do this, but no compiler accepts the name without a warning: hence the reflection.
     *
     * @see <a href="https://openjdk.org/jeps/260">JEP 260: critical internal APIs remain accessible</a>
     */
    private static final class CaughtSignal {

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
}
