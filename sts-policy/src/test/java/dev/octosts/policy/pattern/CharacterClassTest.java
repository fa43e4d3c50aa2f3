package dev.octosts.policy.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CharacterClassTest {
    /** Beyond ASCII, Latin-1 and the letters that fold into ASCII. */
    private static final int LAST = 0x2200;

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".",
                "(?s).",
                "\\d",
                "\\D",
                "\\s",
                "\\S",
                "\\w",
                "\\W",
                "\\pL",
                "\\PN",
                "\\p{Greek}",
                "[[:alnum:]]",
                "[[:alpha:]]",
                "[[:ascii:]]",
                "[[:blank:]]",
                "[[:cntrl:]]",
                "[[:digit:]]",
                "[[:graph:]]",
                "[[:lower:]]",
                "[[:print:]]",
                "[[:punct:]]",
                "[[:space:]]",
                "[[:upper:]]",
                "[[:word:]]",
                "[[:xdigit:]]",
                "[[:^alnum:]]",
                "[[:^punct:]]",
                "[^[:^space:]]",
                "[a-z0-9_.-]",
                "[^a-z0-9]",
                "[^\\d\\s]",
                "[\\W\\d]",
                "[\\x00-\\x1f\\x7f]",
                "[+--]",
                "[--/]",
                "[!-\\]]",
                "[\\-\\.\\[\\]\\^]",
                "[^^]",
                "[^\\n]",
                "[\u00e4-\u00fc]",
                "(?i)[a-z]",
                "(?i)k",
                "(?i)\\w",
                "a|b|[c-f]|.",
            })
    void has_the_same_members_as_for_re2j(String text) throws PatternFault {
        TextPattern ours = TextPattern.compile(text);
        Pattern theirs = Pattern.compile(text);
        for (int codePoint = 0; codePoint <= LAST; codePoint++) {
            String value = Character.toString(codePoint);
            assertThat(ours.matches(value)).as("U+%04X", codePoint).isEqualTo(theirs.matches(value));
        }
        for (int codePoint : new int[] {0xd7ff, 0xe000, 0xffff, 0x10000, 0x1f600, 0x10ffff}) {
            String value = Character.toString(codePoint);
            assertThat(ours.matches(value)).as("U+%04X", codePoint).isEqualTo(theirs.matches(value));
        }
    }
}
