package dev.octosts.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreenTest {

    private static String shown(boolean colours, Consumer<Screen> what) {
        var bytes = new ByteArrayOutputStream();
        what.accept(new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), colours));
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void lines_values_up() {
        assertThat(shown(false, screen -> {
                    screen.field("sub", "me");
                    screen.field("runner_environment", "mine");
                }))
                .isEqualTo("   sub                 me\n   runner_environment  mine\n");
    }

    @Test
    void goes_on_below_the_beginning() {
        assertThat(shown(false, screen -> screen.refused("word ".repeat(30).strip()))
                        .lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(96))
                .last()
                .asString()
                .startsWith("            word");
    }

    @Test
    void colours_only_when_asked_to() {
        assertThat(shown(true, screen -> screen.granted("read")))
                .contains("\u001b[32mmay")
                .endsWith("read\n");
        assertThat(shown(false, screen -> {
                    screen.heading("1.");
                    screen.granted("a");
                    screen.wrong("b");
                    screen.file("c");
                }))
                .doesNotContain("\u001b")
                .contains("may      a")
                .contains("WRONG    b")
                .contains("| c");
    }

    @Test
    void never_breaks_a_command() {
        var command = "curl " + "x ".repeat(80) + "\\\n  y";
        assertThat(shown(false, screen -> screen.command(command)))
                .isEqualTo("   curl " + "x ".repeat(80) + "\\\n     y\n");
    }

    @ParameterizedTest
    @CsvSource({
        "a b c, 5, a b c",
        "a b c, 3, a b|c",
        "abcdef g, 3, abcdef|g",
        "a  b, 9, a  b",
        "'', 9, ''",
    })
    void wraps(String text, int width, String lines) {
        assertThat(String.join("|", Screen.wrapped(text, width))).isEqualTo(lines);
    }
}
