package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.TestAbortedException;

class PresentTest {

    @ParameterizedTest
    @CsvSource({
        "postgres, '', false",
        "postgres, chromium, false",
        "postgres, postgres, true",
        "chromium, 'postgres,chromium', true",
        "chromium, 'postgres, chromium', true",
    })
    void a_program_is_required_when_it_is_named(String program, String required, boolean expected) {
        assertThat(Present.isRequired(program, required)).isEqualTo(expected);
    }

    @Test
    void a_program_that_nobody_requires_and_that_is_missing_leaves_the_test_out() {
        assertThatThrownBy(() -> Present.assume("a program of no machine", false, "it is missing"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("it is missing");
    }
}
