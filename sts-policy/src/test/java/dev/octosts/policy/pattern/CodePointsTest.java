package dev.octosts.policy.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CodePointsTest {
    @Test
    void joins_what_overlaps_or_touches() {
        CodePoints union = CodePoints.union(List.of(
                CodePoints.of('m', 'p'),
                CodePoints.of('a', 'c'),
                CodePoints.of('d', 'f'),
                CodePoints.of('e', 'g'),
                CodePoints.of('n', 'o')));

        assertThat(union.ranges()).containsExactly(new CodePoints.Range('a', 'g'), new CodePoints.Range('m', 'p'));
    }

    @Test
    void the_complement_of_everything_is_nothing() {
        assertThat(CodePoints.ALL.complement().ranges()).isEmpty();
        assertThat(CodePoints.union(List.of()).complement()).isEqualTo(CodePoints.ALL);
    }

    @Test
    void the_complement_of_the_complement_is_the_set() {
        CodePoints set = CodePoints.union(
                List.of(CodePoints.of(0, 5), CodePoints.of(10, 20), CodePoints.of(0x10fff0, Character.MAX_CODE_POINT)));

        assertThat(set.complement().complement()).isEqualTo(set);
        assertThat(set.complement().ranges())
                .containsExactly(new CodePoints.Range(6, 9), new CodePoints.Range(21, 0x10ffef));
    }

    @Test
    void contains_its_members_and_no_others() {
        CodePoints vowels = CodePoints.anyOf("aeiou\ud83d\ude00");

        for (int codePoint = 0; codePoint < 0x20000; codePoint++) {
            boolean vowel = "aeiou".indexOf(codePoint) >= 0 || codePoint == 0x1f600;
            assertThat(vowels.contains(codePoint)).isEqualTo(vowel);
            assertThat(vowels.complement().contains(codePoint)).isEqualTo(!vowel);
        }
    }

    @Test
    void an_alphabet_has_one_letter_for_what_no_set_tells_apart() {
        var alphabet = new Alphabet(Set.of(
                CodePoints.of('0', '9'),
                CodePoints.of('a', 'f'),
                CodePoints.anyOf("\n").complement()));

        assertThat(alphabet.size()).isEqualTo(4);
        assertThat(alphabet.letterOf('3')).isEqualTo(alphabet.letterOf('7'));
        assertThat(alphabet.letterOf('g'))
                .isEqualTo(alphabet.letterOf('A'))
                .isEqualTo(alphabet.letterOf(0))
                .isEqualTo(alphabet.letterOf(Character.MAX_CODE_POINT));
        assertThat(Set.of(
                        alphabet.letterOf('3'),
                        alphabet.letterOf('c'),
                        alphabet.letterOf('g'),
                        alphabet.letterOf('\n')))
                .hasSize(4);
    }

    @Tag("property")
    @Test
    void every_letter_of_an_alphabet_has_an_example() {
        var random = new Random(7);
        for (int i = 0; i < 200; i++) {
            int first = random.nextInt(0x300);
            int second = random.nextInt(0x300);
            var alphabet = new Alphabet(List.of(
                    CodePoints.of(first, first + random.nextInt(50)),
                    CodePoints.of(second, second + random.nextInt(50))));
            for (int letter = 0; letter < alphabet.size(); letter++) {
                assertThat(alphabet.letterOf(alphabet.example(letter)))
                        .as("sets that begin at %d and %d", first, second)
                        .isEqualTo(letter);
            }
        }
    }
}
