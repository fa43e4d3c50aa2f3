package dev.octosts.app.cli.policy.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinksTest {

    @ParameterizedTest
    @CsvSource({
        "TERM_PROGRAM, vscode, true",
        "TERM_PROGRAM, iTerm.app, true",
        "TERM_PROGRAM, Apple_Terminal, false",
        "VTE_VERSION, 6003, true",
        "VTE_VERSION, 5000, false",
        "VTE_VERSION, new, false",
        "WT_SESSION, 1, true",
        "TERM, xterm-256color, false",
        "FORCE_HYPERLINK, 1, true",
        "FORCE_HYPERLINK, 0, false",
    })
    void are_for_terminals_that_are_known_to_show_them(String variable, String value, boolean wanted) {
        assertThat(Links.wanted(Map.of(variable, value), () -> true).on()).isEqualTo(wanted);
    }

    @Test
    void are_not_for_files_nor_for_what_may_not_pass_them_on() {
        assertThat(Links.wanted(Map.of("TERM_PROGRAM", "vscode"), () -> false).on())
                .isFalse();
        assertThat(Links.wanted(Map.of("TERM_PROGRAM", "vscode", "TERM", "screen.xterm"), () -> true)
                        .on())
                .isFalse();
        assertThat(Links.wanted(Map.of("TERM_PROGRAM", "vscode", "TERM", "dumb"), () -> true)
                        .on())
                .isFalse();
    }

    @Test
    void lead_to_the_entry_of_the_code() throws IOException {
        assertThat(new Links(true).code(DiagnosticCode.REGEX_IN_EXACT))
                .isEqualTo(
                        "\u001b]8;;https://github.com/octo-sts/octo-sts-java/blob/main/docs/diagnostics.md#sts040\u001b\\"
                                + "STS040\u001b]8;;\u001b\\");
        assertThat(new Links(false).code(DiagnosticCode.REGEX_IN_EXACT)).isEqualTo("STS040");
        assertThat(Files.readString(Path.of("../docs/diagnostics.md"))).contains("#### STS040\n");
    }
}
