package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What the whole command line has in common. */
class MainTest {

    /** What a shell would make a word of. */
    private static final Pattern WORD = Pattern.compile("(?:[^\\s'\"]|'[^']*'|\"[^\"]*\")+");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{|%[ns]|@\\|");

    static Stream<CommandSpec> commands() {
        return below(Main.line().getCommandSpec());
    }

    private static Stream<CommandSpec> below(CommandSpec command) {
        return command.usageMessage().hidden()
                ? Stream.empty()
                : Stream.concat(
                        Stream.of(command),
                        command.subcommands().values().stream()
                                .map(CommandLine::getCommandSpec)
                                .flatMap(MainTest::below));
    }

    private static String help(CommandSpec command) {
        return command.commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF);
    }

    private static List<String> examples(CommandSpec command) {
        var examples = new ArrayList<String>();
        for (String line : command.usageMessage().footer()) {
            if (line.startsWith(" ")) {
                examples.add(examples.removeLast().replaceFirst("\\\\$", "") + line.strip());
            } else {
                examples.add(line);
            }
        }
        return examples;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_has_two_examples_of_itself_and_they_can_be_typed(CommandSpec command) {
        var examples = examples(command);

        assertThat(examples).hasSizeGreaterThanOrEqualTo(2);
        assertThat(help(command)).contains("Examples:", command.usageMessage().footer()[0]);
        for (String example : examples) {
            var typed =
                    example.replaceFirst("^.*?octo-sts (?=[a-z])", "").replaceFirst("(?: [<>|] |(?<= get)$|'$).*", "");
            if (example.startsWith("git config")) {
                typed += " get"; // git adds what it wants
            }
            var words = WORD.matcher(typed)
                    .results()
                    .map(word -> word.group().replaceAll("['\"]", ""))
                    .toArray(String[]::new);
            var meant = Main.meant(words);
            assertThatCode(() -> Main.line().parseArgs(meant)).as(example).doesNotThrowAnyException();
            assertThat("octo-sts " + String.join(" ", words))
                    .as("an example of this very command")
                    .startsWith(command.qualifiedName());
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void help_has_no_placeholder_and_a_text_for_every_option(CommandSpec command) {
        assertThat(PLACEHOLDER.matcher(help(command)).find()).as(help(command)).isFalse();
        assertThat(command.options())
                .filteredOn(option -> !option.hidden())
                .allSatisfy(option -> assertThat(String.join("", option.description()))
                        .as(option.longestName())
                        .isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_command_with_formats_knows_json_by_its_short_name(CommandSpec command) {
        boolean formats = command.findOption("--format") != null;

        assertThat(command.findOption("--json") != null).isEqualTo(formats);
        if (formats) {
            assertThat(command.findOption("--format").paramLabel()).contains("json");
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void permissions_have_both_names(CommandSpec command) {
        assertThat(command.findOption("--permission")).isSameAs(command.findOption("--permissions"));
    }

    @ParameterizedTest
    @CsvSource({
        "help, --help",
        "help policy check, policy check --help",
        "version, --version",
        "policy help, policy help",
    })
    void help_can_be_asked_for_in_words(String typed, String meant) {
        assertThat(Main.meant(typed.split(" "))).containsExactly(meant.split(" "));
    }

    @Test
    void a_misspelt_command_is_one_line() {
        var err = new StringWriter();

        int status = Main.line().setErr(new PrintWriter(err)).execute("polcy", "check");

        assertThat(status).isEqualTo(2);
        assertThat(err)
                .hasToString("octo-sts: there is no command 'polcy'; did you mean policy? see 'octo-sts --help'"
                        + System.lineSeparator());
    }
}
