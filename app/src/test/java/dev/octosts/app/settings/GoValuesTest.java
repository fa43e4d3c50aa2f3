package dev.octosts.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoValuesTest {

    @ParameterizedTest
    @ValueSource(strings = {"1", "t", "T", "true", "TRUE", "True"})
    void reads_what_go_takes_for_true(String text) {
        assertThat(GoValues.bool(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "f", "F", "false", "FALSE", "False"})
    void reads_what_go_takes_for_false(String text) {
        assertThat(GoValues.bool(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "on", "tRUE", " true", "2", "maybe"})
    void refuses_other_booleans(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GoValues.bool(text))
                .withMessageContaining("boolean");
    }

    @ParameterizedTest
    @CsvSource({
        "5m, PT5M",
        "1h30m5.5s, PT1H30M5.5S",
        "300ms, PT0.3S",
        "-5m, PT-5M",
        "+1s, PT1S",
        "0, PT0S",
        "0s, PT0S",
        "1.s, PT1S",
        ".5s, PT0.5S",
        "1us, PT0.000001S",
        "1µs, PT0.000001S",
        "2ns, PT0.000000002S",
        "1.5h, PT1H30M"
    })
    void reads_durations_as_go_does(String text, Duration expected) {
        assertThat(GoValues.duration(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"300", "5 minutes", "5 m", "1d", "m", ".s", "PT5M", "--1s", "9999999999h", "1h2", "1e3s"})
    void refuses_other_durations(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GoValues.duration(text))
                .withMessageContaining("duration");
    }
}
