package dev.octosts.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ServerProcessTest {
    private final ServerProcess own = new ServerProcess(ProcessHandle.current());

    @Test
    void reads_a_line_of_the_status() {
        assertThat(ServerProcess.bytes("VmRSS:\t  123456 kB")).isEqualTo(123_456L * 1024);
    }

    @Test
    void knows_the_memory_and_the_time_of_a_process() {
        assumeThat(Files.exists(Path.of("/proc/self/status"))).isTrue();
        assertThat(own.resident().orElse(0)).isGreaterThan(1 << 20);
        assertThat(own.mostResident().orElse(0))
                .isGreaterThanOrEqualTo(own.resident().orElse(1) / 2);
        assertThat(own.cpu()).isPositive();
    }

    @Test
    void counts_the_sockets_of_a_process() throws IOException {
        assumeThat(Files.isDirectory(Path.of("/proc/self/fd"))).isTrue();
        try (var one = new ServerSocket(0)) {
            assertThat(own.sockets().orElse(0)).as("with %s", one).isPositive();
        }
    }
}
