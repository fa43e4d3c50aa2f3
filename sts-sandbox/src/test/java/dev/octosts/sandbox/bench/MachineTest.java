package dev.octosts.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.octosts.sandbox.process.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MachineTest {

    @Test
    void counts_all_but_idle_and_waiting() {
        assertThat(Machine.busy("cpu  100 20 3 90000 8000 400 50 6000 100 0")).isEqualTo(Duration.ofMillis(65_730));
    }

    @Test
    void is_busier_than_this_process() {
        assumeThat(Files.exists(Path.of("/proc/stat"))).isTrue();
        var own = new ServerProcess(ProcessHandle.current()).cpu();
        assertThat(Machine.busy()).hasValueSatisfying(busy -> assertThat(busy).isGreaterThan(own));
    }
}
