package dev.octosts.sandbox.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/** The operating system's data about the service's process. */
public record ServerProcess(ProcessHandle handle) {

    /** User and system time of all its threads since it started, in steps of about 10 ms. */
    public Duration cpu() {
        return handle.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Resident memory in bytes, where there is a {@code /proc}. */
    public OptionalLong resident() {
        return status("VmRSS:");
    }

    /** The highest resident memory so far. */
    public OptionalLong mostResident() {
        return status("VmHWM:");
    }

    /** Open sockets, those that listen included, where there is a {@code /proc}. */
    public OptionalLong sockets() {
        try (var descriptors = Files.list(Path.of("/proc/" + handle.pid() + "/fd"))) {
            return OptionalLong.of(descriptors.filter(ServerProcess::isSocket).count());
        } catch (IOException | UncheckedIOException notThisSystem) {
            return OptionalLong.empty();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
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

    /** The bytes in a line such as {@code VmRSS:     123456 kB}. */
    static long bytes(String line) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
    }
}
