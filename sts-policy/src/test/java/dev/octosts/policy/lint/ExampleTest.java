package dev.octosts.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExampleTest {
    static Stream<DiagnosticCode> codes() {
        return Arrays.stream(DiagnosticCode.values()).filter(code -> code != DiagnosticCode.BAD_TEST);
    }

    @ParameterizedTest
    @MethodSource("codes")
    void has_the_diagnostic_where_it_is_wrong_and_not_where_it_is_right(DiagnosticCode code) {
        Example example = Example.of(code);

        assertThat(codesIn(example.wrong(), example.context())).contains(code);
        assertThat(codesIn(example.right(), example.rightContext())).doesNotContain(code);
    }

    @ParameterizedTest
    @MethodSource("codes")
    void is_right_in_every_other_respect_too(DiagnosticCode code) {
        Example example = Example.of(code);

        assertThat(PolicyLinter.lint(bytes(example.right()), example.rightContext()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("codes")
    void has_a_fix_that_works_when_it_is_mechanical(DiagnosticCode code) {
        Example example = Example.of(code);
        List<Fix> fixes = PolicyLinter.lint(bytes(example.wrong()), example.context()).stream()
                .filter(diagnostic -> diagnostic.code() == code)
                .flatMap(diagnostic -> diagnostic.fix().stream())
                .toList();

        assertThat(fixes).as("every diagnostic says what to do").isNotEmpty();
        if (fixes.stream().anyMatch(Fix::isMechanical)) {
            byte[] fixed = Fix.apply(bytes(example.wrong()), fixes);
            assertThat(PolicyLinter.lint(fixed, example.context()))
                    .as(new String(fixed, StandardCharsets.UTF_8))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("codes")
    void says_cause_and_remedy_in_one_line(DiagnosticCode code) {
        Example example = Example.of(code);

        assertThat(PolicyLinter.lint(bytes(example.wrong()), example.context()))
                .filteredOn(diagnostic -> diagnostic.code() == code)
                .allSatisfy(diagnostic -> {
                    assertThat(diagnostic.message()).doesNotContain("\n");
                    assertThat(diagnostic.message()).containsAnyOf("; ", "expected one of", "use single quotes");
                });
    }

    @Test
    void identifiers_are_unique_and_of_one_form() {
        var ids = Arrays.stream(DiagnosticCode.values()).map(DiagnosticCode::id).toList();

        assertThat(ids).allMatch(id -> id.matches("STS0\\d\\d"));
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
    }

    private static List<DiagnosticCode> codesIn(String file, FileContext context) {
        return PolicyLinter.lint(bytes(file), context).stream()
                .map(Diagnostic::code)
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
