package dev.octosts.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class MainTest {

    private static final String START = "  ./octo-sts ";

    static Stream<CommandSpec> commands() {
        return Main.commandLine().getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(command -> !command.usageMessage().hidden());
    }

    private static String told(String... arguments) {
        var err = new StringWriter();
        assertThat(Main.commandLine().setErr(new PrintWriter(err)).execute(arguments))
                .isEqualTo(2);
        return err.toString();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_has_two_examples_that_can_be_typed(CommandSpec command) {
        assertThat(command.usageMessage().footer())
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(example -> {
                    assertThat(example).startsWith(START + command.name());
                    assertThatCode(() -> Main.commandLine()
                                    .parseArgs(example.substring(START.length()).split(" ")))
                            .doesNotThrowAnyException();
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "trial --atack=x | there is no '--atack'; did you mean --attack; see 'octo-sts trial --help'",
                "bench --seconds=many | --seconds takes a number; see 'octo-sts bench --help'",
                "sandbox more | there is no 'more'; see 'octo-sts sandbox --help'",
            })
    void a_mistake_is_one_line_with_the_place_to_read_more(String arguments, String line) {
        assertThat(told(arguments.split(" "))).isEqualTo("octo-sts: " + line + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sandbox %s", "bench --seconds=%s", "trial --%s", "trial --format=%s", "%s"})
    void no_mistake_repeats_a_token(String arguments) {
        assertThat(told(arguments.formatted("eyJhbGciOiJSUzI1NiJ9.e30.c2ln").split(" ")))
                .hasLineCount(1)
                .doesNotContain("eyJ", "c2ln");
    }
}
