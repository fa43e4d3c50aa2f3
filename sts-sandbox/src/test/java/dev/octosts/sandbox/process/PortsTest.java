package dev.octosts.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void finds_a_free_one() {
        assertThat(Ports.choose(0, "--port")).isBetween(1, 65_535);
    }

    @Test
    void names_the_option_whose_port_is_taken() throws IOException {
        try (var holder = new ServerSocket(0)) {
            assertThatThrownBy(() -> Ports.choose(holder.getLocalPort(), "--port"))
                    .isInstanceOf(SandboxException.class)
                    .hasMessage("--port: port " + holder.getLocalPort() + " is taken; give another one");
        }
    }

    @Test
    void refuses_what_is_no_port() {
        assertThatThrownBy(() -> Ports.choose(70_000, "--port")).hasMessageContaining("70000 is no port");
        assertThatThrownBy(() -> Ports.choose(-1, "--port")).isInstanceOf(SandboxException.class);
    }
}
