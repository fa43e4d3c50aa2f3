package dev.octosts.app.command;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The signals that would end this process go to the command that runs in its place: it decides what becomes of them,
 * and what has to be done after it is done. A shutdown hook would not do: it cannot pass the command's status on.
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

    /** Catches signals from now on; those that come before there is a command wait for it. */
    static ForwardedSignals catchThem() {
        var signals = new ForwardedSignals(hasTerminal());
        for (String name : ENDING) {
            CaughtSignal.of(name, () -> signals.received(name)).ifPresent(signals.caught::add);
        }
        return signals;
    }

    /** Sends them to this process. */
    synchronized void to(Process process) {
        child = Optional.of(process);
        early.forEach(name -> send(name, process));
        early.clear();
    }

    private synchronized void received(String name) {
        if (name.equals(INTERRUPT) && terminal) {
            return; // The terminal tells every process of its foreground, the command too.
        }
        child.ifPresentOrElse(process -> send(name, process), () -> early.add(name));
    }

    private static void send(String name, Process process) {
        if (!process.isAlive()) {
            return; // its number may be another's by now
        }
        if (!name.equals("TERM") && sent(name, process)) {
            return;
        }
        process.destroy();
    }

    /** Java itself can only terminate. */
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
}
