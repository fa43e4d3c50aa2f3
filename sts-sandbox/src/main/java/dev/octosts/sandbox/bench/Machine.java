package dev.octosts.sandbox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The CPU time of the whole machine. It shows how much other processes used during a measurement. */
final class Machine {
    /** The unit in which Linux counts; the same on every architecture that has a JDK. */
    private static final long MILLIS_PER_TICK = 10;

    private Machine() {}

    /** The time that all processors together were busy since the machine started, where there is a {@code /proc}. */
    static Optional<Duration> busy() {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            return lines.findFirst().map(Machine::busy);
        } catch (IOException notThisSystem) {
            return Optional.empty();
        }
    }

    /**
     * The busy time in a line {@code cpu user nice system idle iowait irq softirq steal …}.
     *
     * @see <a href="https://man7.org/linux/man-pages/man5/proc_stat.5.html">proc_stat(5)</a>
     */
    static Duration busy(String line) {
        var fields = line.trim().split("\\s+", -1);
        long ticks = 0;
        for (int i : new int[] {1, 2, 3, 6, 7, 8}) {
            ticks += Long.parseLong(fields[i]);
        }
        return Duration.ofMillis(ticks * MILLIS_PER_TICK);
    }
}
