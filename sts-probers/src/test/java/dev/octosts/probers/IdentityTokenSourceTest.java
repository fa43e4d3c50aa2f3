package dev.octosts.probers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.probers.IdentityTokenSource.Result;
import dev.octosts.probers.IdentityTokenSource.Result.Missing;
import dev.octosts.probers.IdentityTokenSource.Result.Obtained;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTokenSourceTest {

    private static final Result OBTAINED = new Obtained(new IdentityToken("e30.e30.c2ln"));
    private static final RetryBudget PATIENCE = RetryBudget.of(Duration.ofSeconds(20));

    @TempDir
    Path folder = Path.of("");

    private static IdentityTokenSource text(String text) {
        return IdentityTokenSource.ofStream(
                "the input", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static IdentityTokenSource shell(String script, Duration limit) {
        return IdentityTokenSource.ofCommand(List.of("/bin/sh", "-c", script), RetryBudget.of(limit));
    }

    @ParameterizedTest
    @ValueSource(strings = {"e30.e30.c2ln", "e30.e30.c2ln\n", "\r\n e30.e30.c2ln\t\r\n"})
    void takes_the_token_without_what_is_around_it(String text) throws Exception {
        assertThat(text(text).obtain("a")).isEqualTo(OBTAINED);
    }

    static Stream<Arguments> faulty() {
        return Stream.of(
                Arguments.of("", "the input: the token is empty"),
                Arguments.of(" \n", "the input: the token is empty"),
                Arguments.of("\"e30.e30.c2ln\"", "characters that no token has"),
                Arguments.of("e30\ne30", "characters that no token has"),
                Arguments.of("e30.é", "characters that no token has"),
                Arguments.of("e".repeat(TokenText.LIMIT + 1), "longer than 65536"),
                Arguments.of("e".repeat(TokenText.LIMIT + 9), "longer than 65536"));
    }

    @ParameterizedTest
    @MethodSource("faulty")
    void does_not_take_or_show(String text, String reason) throws Exception {
        assertThat(text(text).obtain("a"))
                .isInstanceOfSatisfying(
                        Missing.class,
                        missing -> assertThat(missing.reason()).contains(reason).doesNotContain("e30"));
    }

    @Test
    void says_when_the_input_breaks() throws Exception {
        var broken = InputStream.nullInputStream();
        broken.close();
        assertThat(IdentityTokenSource.ofStream("the input", broken).obtain("a"))
                .isEqualTo(new Missing("the input cannot be read"));
    }

    @Test
    void reads_a_file_anew_each_time() throws Exception {
        var file = folder.resolve("token");
        var source = IdentityTokenSource.ofFile(file);
        assertThat(source.obtain("a")).isEqualTo(new Missing("the token file " + file + " does not exist"));
        Files.writeString(file, "e30.e30.b2xk\n");
        assertThat(source.obtain("a")).isEqualTo(new Obtained(new IdentityToken("e30.e30.b2xk")));
        Files.writeString(file, "e30.e30.c2ln");
        assertThat(source.obtain("a")).isEqualTo(OBTAINED);
    }

    @Test
    void says_that_a_folder_is_no_token() throws Exception {
        assertThat(IdentityTokenSource.ofFile(folder).obtain("a"))
                .isEqualTo(new Missing("the token file " + folder + " cannot be read"));
    }

    @Test
    void reads_a_variable_and_names_it_when_it_is_missing() throws Exception {
        var environment = Map.of("TOKEN", "e30.e30.c2ln", "EMPTY", "");
        assertThat(IdentityTokenSource.ofVariable("TOKEN", environment).obtain("a"))
                .isEqualTo(OBTAINED);
        for (String name : List.of("EMPTY", "OTHER")) {
            assertThat(IdentityTokenSource.ofVariable(name, environment).obtain("a"))
                    .isEqualTo(new Missing("the variable " + name + " is not set"));
        }
    }

    @Test
    void runs_a_command() throws Exception {
        assertThat(shell("cat; printf 'e30.e30.c2ln\\n'", Duration.ofSeconds(20))
                        .obtain("a"))
                .isEqualTo(OBTAINED);
    }

    @Test
    void tells_a_command_for_whom_the_token_is_wanted() throws Exception {
        assertThat(shell("test \"$OCTOSTS_AUDIENCE\" = a && printf e30.e30.c2ln", Duration.ofSeconds(20))
                        .obtain("a"))
                .isEqualTo(OBTAINED);
    }

    @Test
    void says_how_a_command_failed() throws Exception {
        assertThat(shell("echo e30.e30.c2ln; exit 3", Duration.ofSeconds(20)).obtain("a"))
                .isEqualTo(new Missing("the token command /bin/sh failed with status 3"));
        assertThat(IdentityTokenSource.ofCommand(List.of("/nonexistent/program"), PATIENCE)
                        .obtain("a"))
                .isEqualTo(new Missing("the token command /nonexistent/program cannot be started"));
    }

    @Test
    void ends_a_command_that_does_not() throws Exception {
        var marker = folder.resolve("ended");
        assertThat(shell("sleep 60; touch " + marker, Duration.ofMillis(300)).obtain("a"))
                .isInstanceOfSatisfying(
                        Missing.class, missing -> assertThat(missing.reason()).contains("did not end within"));
        // A process that was killed is gone a moment later.
        for (ProcessHandle left : ProcessHandle.current().descendants().toList()) {
            assertThat(left.onExit()).succeedsWithin(Duration.ofSeconds(20));
        }
        assertThat(marker).doesNotExist();
    }

    @Test
    void does_not_read_a_command_that_talks_without_end() throws Exception {
        assertThat(shell("while :; do echo eeeeeeeeeeeeeeeeeeeeeeeeeeeeeee; done", Duration.ofSeconds(20))
                        .obtain("a"))
                .isInstanceOfSatisfying(
                        Missing.class, missing -> assertThat(missing.reason()).contains("longer than 65536"));
    }
}
