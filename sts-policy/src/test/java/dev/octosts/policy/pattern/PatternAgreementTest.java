package dev.octosts.policy.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our reading of patterns and RE2/J's must never differ, whatever people write. */
@Tag("property")
class PatternAgreementTest {
    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "c",
            "ab",
            "-",
            ".",
            ".*",
            "(",
            ")",
            "(",
            ")",
            "|",
            "[",
            "]",
            "[ab]",
            "[^a]",
            "[a-c]",
            "^",
            "$",
            "*",
            "+",
            "?",
            "{2}",
            "{1,2}",
            "{2,}",
            "{0}",
            "{",
            "}",
            ",",
            "\\d",
            "\\w",
            "\\W",
            "\\s",
            "\\.",
            "\\b",
            "\\A",
            "\\z",
            "\\Q",
            "\\E",
            "\\x61",
            "\\141",
            "\\1",
            "\\pL",
            "\\p{L}",
            "\\q",
            "\\",
            "(?:",
            "(?i)",
            "(?s)",
            "(?m)",
            "(?-i)",
            "(?P<n>",
            "(?<m>",
            "[[:alpha:]]",
            "[:",
            ":]",
            "\n",
            "\u00fc",
            "\ud83d\ude00",
            "1",
            "/",
            "A");
    private static final List<String> VALUES = List.of(
            "",
            "a",
            "b",
            "c",
            "A",
            "ab",
            "ba",
            "aab",
            "abc",
            "abab",
            "a-b",
            "a\nb",
            "\n",
            "1",
            "a1",
            "/",
            "\u00fc",
            "\ud83d\ude00",
            "a{2}",
            "]",
            "aaaa",
            "b}",
            ".",
            "aA",
            "a.",
            "-",
            " ");

    /** RE2/J takes it, Go's RE2 and we do not. */
    private static final java.util.regex.Pattern ESCAPED_NON_ASCII =
            java.util.regex.Pattern.compile("\\\\[^\\x00-\\x7f]");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agrees_with_re2j_about_random_patterns(long seed) {
        var random = new Random(seed);
        int compiled = 0;
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int pieces = 1 + random.nextInt(8); pieces > 0; pieces--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            if (!ESCAPED_NON_ASCII.matcher(text).find()) {
                compiled += agree(text.toString()) ? 1 : 0;
            }
        }
        assertThat(compiled)
                .as("patterns that were compared by what they match")
                .isGreaterThan(2_000);
    }

    private static boolean agree(String text) {
        Pattern theirs = theirs(text);
        TextPattern ours = ours(text);
        if ((theirs == null) != (ours == null)) {
            fail("%s is a pattern for %s alone", text, ours == null ? "RE2/J" : "us");
        }
        if (ours == null || theirs == null) {
            return false;
        }
        Automaton automaton = automaton(text);
        for (String value : VALUES) {
            boolean expected = theirs.matches(value);
            assertThat(ours.matches(value)).as("%s on %s", text, value).isEqualTo(expected);
            if (automaton != null) {
                assertThat(automaton.matches(value))
                        .as("automaton of %s on %s", text, value)
                        .isEqualTo(expected);
            }
        }
        return true;
    }

    private static @Nullable Pattern theirs(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            return null;
        }
    }

    private static @Nullable TextPattern ours(String text) {
        try {
            return TextPattern.compile(text);
        } catch (PatternFault e) {
            return null;
        }
    }

    private static @Nullable Automaton automaton(String text) {
        try {
            return Automaton.of(PatternParser.parse(text));
        } catch (PatternFault e) {
            return null;
        }
    }
}
