package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;

/** The pages of the manual that the build writes. */
class ManualTest {

    private static final Path GROFF = Path.of("/usr/bin/groff");

    @TempDir
    Path folder = Path.of("");

    private static Map<String, String> pages(Path folder) throws IOException {
        assertThat(Main.line().execute("manual", folder.toString(), "--date", "2026-11-29"))
                .isZero();
        var pages = new TreeMap<String, String>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                pages.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return pages;
    }

    static Stream<CommandSpec> commands() {
        return MainTest.commands();
    }

    private static String file(CommandSpec command) {
        return command.qualifiedName().replace(' ', '-') + ".1";
    }

    @Test
    void there_is_a_page_for_every_command_that_is_shown_and_for_no_other() throws IOException {
        assertThat(pages(folder).keySet())
                .containsExactlyInAnyOrderElementsOf(
                        commands().map(ManualTest::file).toList());
    }

    @Test
    void the_same_program_writes_the_same_pages() throws IOException {
        assertThat(pages(folder.resolve("one"))).isEqualTo(pages(folder.resolve("other")));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_page_has_every_option_example_and_status(CommandSpec command) throws IOException {
        String page = plain(pages(folder).getOrDefault(file(command), "no such page"));

        assertThat(page)
                .startsWith(".TH \"" + file(command).replaceFirst("\\.1$", "").toUpperCase(java.util.Locale.ROOT)
                        + "\" 1 \"2026-11-29\" \"octo-sts ");
        assertThat(page).contains(".SH NAME", ".SH SYNOPSIS", ".SH DESCRIPTION", ".SH EXAMPLES", ".SH \"SEE ALSO\"");
        command.options().stream()
                .filter(option -> !option.hidden())
                .forEach(
                        option -> assertThat(page).contains(option.longestName().replaceFirst("^--", "")));
        assertThat(page).contains(command.usageMessage().footer());
        command.usageMessage()
                .exitCodeList()
                .keySet()
                .forEach(status -> assertThat(page).contains("\\fB" + status.strip() + "\\fR"));
    }

    /** The characters that the pages write in another way. */
    private static String plain(String page) {
        return page.replace("\\-", "-")
                .replace("\\(aq", "'")
                .replace("\\(dq", "\"")
                .replace("\\(ga", "`")
                .replace("\\(ha", "^")
                .replace("\\(ti", "~")
                .replace("\\e", "\\")
                .replace("\\&", "");
    }

    @Test
    void groff_has_nothing_to_say_about_them_and_shows_them_whole() throws IOException, InterruptedException {
        Present.assume("groff", Files.isExecutable(GROFF), "no groff on this machine");
        for (String name : pages(folder).keySet()) {
            // Everything but long words that cannot be broken.
            var process = new ProcessBuilder(List.of(
                            GROFF.toString(),
                            "-man",
                            "-Tutf8",
                            "-ww",
                            "-Wbreak",
                            "-rLL=100n",
                            folder.resolve(name).toString()))
                    .redirectError(folder.resolve("said").toFile())
                    .start();
            String shown;
            try (var output = process.getInputStream()) {
                shown = new String(output.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                        .replaceAll("\\e\\[[0-9;]*m|.\\x08", "");
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(name).isZero();
            assertThat(folder.resolve("said")).as(name).isEmptyFile();
            assertThat(shown).contains("NAME", "SYNOPSIS", "EXAMPLES", "--help").doesNotContain("\\fB", "\\-");
            Files.delete(folder.resolve("said"));
        }
    }
}
