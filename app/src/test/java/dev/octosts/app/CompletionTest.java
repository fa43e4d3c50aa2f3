package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;

/** The scripts with which shells complete the command line. */
class CompletionTest {

    private static final Path BASH = Path.of("/bin/bash");

    @TempDir
    Path folder = Path.of("");

    private static String script(String shell) {
        var out = new StringWriter();
        assertThat(Main.line().setOut(new PrintWriter(out)).execute("completion", shell))
                .isZero();
        return out.toString();
    }

    private String bash(String... arguments) throws IOException, InterruptedException {
        Present.assume("bash", Files.isExecutable(BASH), "no bash on this machine");
        var command =
                Stream.concat(Stream.of(BASH.toString()), Stream.of(arguments)).toList();
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var output = process.inputReader()) {
            String printed = String.join("\n", output.readAllLines());
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(printed).isZero();
            return printed;
        }
    }

    /** What bash offers for the last of these words, which may be unfinished. */
    private List<String> offered(String... words) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("completion.bash"), script("bash"));
        String asked = """
                source '%s'
                COMP_WORDS=(octo-sts "$@")
                COMP_CWORD=$#
                function_of=$(complete -p octo-sts | sed 's/.* -F \\([^ ]*\\) .*/\\1/')
                "$function_of" octo-sts "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
                printf '%%s\\n' "${COMPREPLY[@]}"
                """.formatted(script);
        var arguments =
                Stream.concat(Stream.of("-c", asked, "bash"), Stream.of(words)).toArray(String[]::new);
        return bash(arguments).lines().map(String::strip).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void bash_reads_the_script(String shell) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("script"), script(shell));

        assertThat(bash("-n", script.toString())).isEmpty();
    }

    @Test
    void the_script_prepares_zsh_for_completions_of_bash() {
        assertThat(script("zsh")).contains("ZSH_VERSION", "bashcompinit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pol | policy",
                "policy ch | check",
                "policy check --form | --format",
                "policy check --format | sarif",
                "completion | fish",
                "exchange --gith | --github-actions",
            })
    void bash_offers_what_can_follow(String typed, String expected) throws IOException, InterruptedException {
        boolean finished = typed.endsWith("--format") || typed.equals("completion");
        String[] words = (finished ? typed + " " : typed).split(" ", -1);

        assertThat(offered(words)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rehearse", "manual"})
    void no_script_offers_what_only_the_build_needs(String hidden) throws IOException, InterruptedException {
        assertThat(offered("")).contains("serve", "policy").doesNotContain(hidden);
        assertThat(script("fish")).doesNotContain("-a '" + hidden + "'");
    }

    static Stream<CommandSpec> commands() {
        return MainTest.commands();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void fish_knows_every_command_and_every_option(CommandSpec command) {
        String path = command.qualifiedName().replaceFirst("^octo-sts ?", "");
        String start = "complete -c octo-sts -n '__octo_sts_is \\'" + path + "\\'' ";
        List<String> lines = script("fish")
                .lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .toList();

        command.subcommands().values().stream()
                .map(line -> line.getCommandSpec())
                .filter(inner -> !inner.usageMessage().hidden())
                .forEach(
                        inner -> assertThat(lines).anyMatch(line -> line.startsWith("-a '" + inner.name() + "' -d '")));
        command.options().stream().filter(option -> !option.hidden()).forEach(option -> {
            for (String name : option.names()) {
                String bare = name.replaceFirst("^-+", "");
                String flag = name.startsWith("--") ? "-l " : name.length() == 2 ? "-s " : "-o ";
                assertThat(lines)
                        .as(name)
                        .anyMatch(line -> (" " + line).contains(" " + flag + bare + " ") && line.contains(" -d '"));
            }
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "policy check | -l format -x -a 'text json sarif github' -d '",
                "exchange | -l token-file -r -F -d '",
                "exchange | -l scope -x -d '",
                "completion | -a 'bash zsh fish' -d 'The shell.'",
            })
    void fish_knows_the_values_that_there_are_and_what_is_a_file(String command, String rest) {
        assertThat(script("fish").lines())
                .anyMatch(line ->
                        line.startsWith("complete -c octo-sts -n '__octo_sts_is \\'" + command + "\\'' " + rest));
    }

    @Test
    void a_text_with_quotes_stays_one_word_of_fish() {
        assertThat(script("fish").lines().filter(line -> line.startsWith("complete ")))
                .allSatisfy(line -> assertThat(line.replace("\\\\", "")
                                        .replace("\\'", "")
                                        .chars()
                                        .filter(c -> c == '\'')
                                        .count()
                                % 2)
                        .as(line)
                        .isZero());
    }

    @Test
    void a_shell_that_is_not_known_is_refused_with_those_that_are() {
        var err = new StringWriter();

        assertThat(Main.line().setErr(new PrintWriter(err)).execute("completion", "tcsh"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("bash, zsh, fish").hasLineCount(1);
    }
}
