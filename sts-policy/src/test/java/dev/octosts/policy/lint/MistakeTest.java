package dev.octosts.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.diagnostic.Severity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What people get wrong. */
class MistakeTest {
    private static final int MAX_ROUNDS = 5;

    static final List<Mistake> MISTAKES =
            Stream.of(FormMistakes.ALL, ValueMistakes.ALL).flatMap(List::stream).toList();

    @Test
    void without_one_there_is_nothing_to_say() {
        assertThat(Linting.lint(Linting.CLEAN)).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("MISTAKES")
    void is_told_with_its_cause_and_its_remedy_in_one_line(Mistake mistake) {
        assertThat(Linting.told(mistake.file(), Linting.repository()))
                .anySatisfy(told -> assertThat(told).contains(mistake.line()))
                .noneSatisfy(told -> assertThat(told).contains("\n"));
    }

    @ParameterizedTest
    @FieldSource("MISTAKES")
    void passes_when_its_suggested_fix_is_applied(Mistake mistake) {
        List<Fix> suggested = PolicyLinter.lint(Linting.bytes(mistake.file()), Linting.repository()).stream()
                .filter(diagnostic -> Linting.told(diagnostic).contains(mistake.line()))
                .flatMap(diagnostic -> diagnostic.fix().stream())
                .toList();

        assertThat(suggested).hasSize(1);
        if (suggested.getFirst().isMechanical()) {
            byte[] fixed = Fix.apply(Linting.bytes(mistake.file()), suggested);
            assertThat(PolicyLinter.lint(fixed, Linting.repository()))
                    .as(new String(fixed, StandardCharsets.UTF_8))
                    .noneMatch(left -> left.severity() == Severity.ERROR)
                    .noneMatch(left -> Linting.told(left).contains(mistake.line()));
        }
    }

    @ParameterizedTest
    @FieldSource("MISTAKES")
    void comes_to_an_end_of_its_mechanical_fixes(Mistake mistake) {
        byte[] fixed = Linting.bytes(mistake.file());
        for (int round = 0; round <= MAX_ROUNDS; round++) {
            List<Fix> fixes = PolicyLinter.lint(fixed, Linting.repository()).stream()
                    .flatMap(diagnostic -> diagnostic.fix().stream())
                    .filter(Fix::isMechanical)
                    .toList();
            if (fixes.isEmpty()) {
                return;
            }
            assertThat(round).as("fixes come to an end").isLessThan(MAX_ROUNDS);
            byte[] before = fixed;
            fixed = Fix.apply(fixed, fixes);
            assertThat(fixed).isNotEqualTo(before);
        }
    }
}
