package dev.octosts.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.Severity;
import dev.octosts.policy.repository.FileKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DamagedFileTest {
    private static final String ALPHABET = "\"'\\[]{}()|*&!#-:, \n\r\t@.\u0000\u0085\u2028\ufeff\ud83d\ude00$^?+<>~/";

    @Tag("property")
    @ParameterizedTest
    @MethodSource("dev.octosts.policy.repository.FileKind#all")
    void is_linted_and_fixed_without_an_accident(FileKind kind) {
        List<String> files = Stream.of(DiagnosticCode.values())
                .filter(code -> code != DiagnosticCode.BAD_TEST)
                .map(Example::of)
                .flatMap(example -> Stream.of(example.wrong(), example.right()))
                .filter(file -> file.length() < 1000)
                .toList();
        var random = new Random(7);
        for (int i = 0; i < 3000; i++) {
            byte[] file = damaged(files.get(random.nextInt(files.size())), random);
            assertThatCode(() -> lintAndFix(file, FileContext.of(kind, "x.sts.yaml")))
                    .as(() -> new String(file, StandardCharsets.UTF_8))
                    .doesNotThrowAnyException();
        }
    }

    private static void lintAndFix(byte[] file, FileContext context) {
        List<Fix> fixes = PolicyLinter.lint(file, context).stream()
                .flatMap(diagnostic -> diagnostic.fix().stream())
                .toList();
        byte[] fixed = Fix.apply(file, fixes);
        assertThat(PolicyLinter.lint(fixed, context))
                .as(new String(fixed, StandardCharsets.UTF_8))
                .allSatisfy(diagnostic -> assertThat(diagnostic.line()).isPositive());
    }

    @Test
    void is_fixed_at_the_right_place_behind_characters_of_every_width() {
        String before = "\ufeff# \ud83d\ude00 \u00fc\r\n" + Linting.ISSUER + Linting.SUBJECT;
        byte[] file = Linting.bytes(before + "permissions:\r\n  pull-requests: write # \ud83d\ude00\n");

        byte[] fixed = Fix.apply(file, fixes(file));

        assertThat(new String(fixed, StandardCharsets.UTF_8))
                .isEqualTo(before + "permissions:\r\n  pull_requests: write # \ud83d\ude00\n");
    }

    @Test
    void of_a_megabyte_is_linted_in_bounded_time() {
        byte[] file = Linting.bytes(
                Linting.CLEAN + "claim_pattern:\n  ref: " + "a.".repeat(2000) + "\n# " + "x".repeat(1_000_000) + "\n");

        assertThat(PolicyLinter.lint(file, Linting.repository()))
                .noneMatch(diagnostic -> diagnostic.severity() == Severity.ERROR);
    }

    private static List<Fix> fixes(byte[] file) {
        return PolicyLinter.lint(file, Linting.repository()).stream()
                .flatMap(diagnostic -> diagnostic.fix().stream())
                .toList();
    }

    private static byte[] damaged(String file, Random random) {
        var text = new StringBuilder(file);
        for (int damage = random.nextInt(4); damage >= 0 && !text.isEmpty(); damage--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                case 2 -> text.setCharAt(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(20))));
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
