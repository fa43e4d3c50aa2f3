package dev.octosts.policy.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SafeTextTest {
    static final String[][] LINES = {
        {"plain \u00fc \ud83d\ude00", "plain \u00fc \ud83d\ude00"},
        {"a\nb\rc\td", "a\\u000ab\\u000dc\\u0009d"},
        {"\u001b[31mred\u001b[0m", "\\u001b[31mred\\u001b[0m"},
        {"a\u0000b\u007fc\u009bd", "a\\u0000b\\u007fc\\u009bd"},
        {"a\u2028b\u2029c", "a\\u2028b\\u2029c"},
        {"\u061c\u200e\u200f", "\\u061c\\u200e\\u200f"},
        {"\u202a\u202e\u2066\u2069", "\\u202a\\u202e\\u2066\\u2069"},
        {"half \ud83d of one", "half \\ud83d of one"},
        {"::error::x", "\\u003a:error::x"},
        {"  ::set-output name=a::b", "  \\u003a:set-output name=a::b"},
        {"a::b", "a::b"},
        {"a ##[add-path]x", "a ##\\u005badd-path]x"},
    };

    @ParameterizedTest
    @FieldSource("LINES")
    void writes_what_is_obeyed_or_hidden_as_escapes(String text, String line) {
        assertThat(SafeText.line(text)).isEqualTo(line);
    }

    @Test
    void every_dangerous_character_is_escaped_everywhere() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (SafeText.isDangerous(c)) {
                String text = "a" + Character.toString(c) + "b";
                assertThat(SafeText.line(text).codePoints()).as("U+%04X", c).noneMatch(SafeText::isDangerous);
                assertThat(GoQuoted.of(text).codePoints()).noneMatch(SafeText::isDangerous);
            }
        }
    }

    @Test
    void keeps_line_breaks_where_they_are_wanted() {
        assertThat(SafeText.lines("a\n::b\u202e\n").lines()).containsExactly("a", "\\u003a:b\\u202e");
    }

    @Test
    void cuts_between_characters() {
        assertThat(SafeText.line("\ud83d\ude00".repeat(3), 2)).isEqualTo("\ud83d\ude00\ud83d\ude00…");
        assertThat(SafeText.line("abc", 3)).isEqualTo("abc");
    }

    @Test
    void keeps_json_what_it_was() {
        assertThat(SafeText.json("{\n \"a\u202e\": \"##[x]\u009b\udb40\udc01\"}"))
                .isEqualTo("{\n \"a\\u202e\": \"##\\u005bx]\\u009b\\udb40\\udc01\"}");
        assertThat(SafeText.json("{\"a\": [1]}")).isEqualTo("{\"a\": [1]}");
    }
}
