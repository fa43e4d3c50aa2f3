package dev.octosts.sandbox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/** What the operating system knows about the service's process. */
record ServerProcess(ProcessHandle handle) {

    /** User and system time of all its threads since it started, in steps of about 10 ms. */
    Duration cpu() {
        return handle.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Resident memory in bytes, where there is a {@code /proc}. */
    OptionalLong resident() {
        return status("VmRSS:");
    }

    /** The most that it ever was. */
    OptionalLong mostResident() {
        return status("VmHWM:");
    }

    private OptionalLong status(String name) {
        try (var lines = Files.lines(Path.of("/proc/" + handle.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(ServerProcess::bytes)
                    .findFirst();
        } catch (IOException notThisSystem) {
            return OptionalLong.empty();
        }
    }

    /** Of a line such as {@code VmRSS:     123456 kB}. */
    static long bytes(String line) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
    }
}
