package dev.octosts.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
    @TempDir
    private Path folder;

    private Launcher script(String text) throws IOException {
        var file = Files.writeString(folder.resolve("launcher"), "#!/bin/sh\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return Launcher.of(file.toString());
    }

    @Test
    void says_what_is_missing() {
        assertThatThrownBy(() -> Launcher.of(null))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("octo-sts.launcher");
        assertThatThrownBy(() -> Launcher.of("/nowhere/octo-sts"))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("/nowhere/octo-sts");
    }

    @Test
    void hands_over_its_variables_and_few_others() throws Exception {
        var log = folder.resolve("log");
        var process = script("echo \"$@\"; env").serve(Map.of("PORT", "81"), log);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readAllLines(log))
                .contains("serve", "PORT=81", "JAVA_HOME=" + System.getProperty("java.home"))
                .noneMatch(line -> line.startsWith("JAVA_TOOL_OPTIONS") || line.startsWith("MAVEN"));
    }

    @Test
    void lets_settings_take_the_place_of_other_variables() throws Exception {
        var log = folder.resolve("log");
        var launcher = script("env").with(Map.of("OCTOSTS_READ_TOKENS", "shared", "PORT", "82"));
        assertThat(launcher.run(Map.of("PORT", "81", "STS_DOMAIN", "sts.example"), log))
                .isZero();
        assertThat(Files.readAllLines(log))
                .contains("OCTOSTS_READ_TOKENS=shared", "PORT=82", "STS_DOMAIN=sts.example")
                .doesNotContain("PORT=81");
    }

    /** The pipe ends in the same way when this process is killed. */
    @Test
    void stops_the_service_when_the_pipe_from_here_ends() throws Exception {
        var process = script("exec sleep 60").serve(Map.of(), folder.resolve("log"));
        assertThat(process.isAlive()).isTrue();
        process.getOutputStream().close();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shows_the_last_lines_of_a_service_that_does_not_start() throws Exception {
        var launcher = script("echo \"octo-sts: PORT is wrong\"; exit 3");
        try (var service = Service.start(launcher, Ports.choose(0, "PORT"), Map.of(), folder.resolve("log"))) {
            assertThatThrownBy(service::awaitReady)
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("status 3")
                    .hasMessageContaining("octo-sts: PORT is wrong");
        }
    }

    @Test
    void stops_a_service_that_does_not_heed() throws Exception {
        var launcher = script("trap '' TERM; echo ready; while :; do sleep 0.1; done");
        var service = Service.start(launcher, Ports.choose(0, "PORT"), Map.of(), folder.resolve("log"));
        service.close();
        assertThat(service.process().isAlive()).isFalse();
    }
}
