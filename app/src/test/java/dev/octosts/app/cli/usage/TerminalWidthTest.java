package dev.octosts.app.cli.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalWidthTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, 80",
                "-, 132, 132",
                "100, 132, 100",
                "wide, 132, 132",
                "'', 132, 132",
                "-, 0, 80",
                "-, 12, 40",
                "99999, -, 240",
                "999999999999, -, 80",
            })
    void is_that_of_the_user_or_of_the_terminal(String columns, Integer terminal, int width) {
        assertThat(TerminalWidth.of(columns, () -> terminal == null ? OptionalInt.empty() : OptionalInt.of(terminal)))
                .isEqualTo(width);
    }
}
