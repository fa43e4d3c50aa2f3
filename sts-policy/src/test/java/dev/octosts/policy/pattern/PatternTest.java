package dev.octosts.policy.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternTest {
    static final String[][] MATCHES = {
        {"", ""},
        {"(?P<n>a)b", "ab"},
        {"(?<n>a)b", "ab"},
        {"(?i)MAIN", "main"},
        {"(?i:MAIN)x", "mainx"},
        {"(?s)a.b", "a\nb"},
        {"(?s:.)(?-s:.)", "\na"},
        {"(?U)a+", "aaa"},
        {"(?)a", "a"},
        {"(?ims-U)a", "A"},
        {"a+?b", "aab"},
        {"a*?b??c{2}?", "aacc"},
        {"(?:a|b)c", "bc"},
        {"\\Qa.b\\E", "a.b"},
        {"\\Qa.b", "a.b"},
        {"\\Qab\\E*c", "abbbc"},
        {"a\\Q\\E*", "aaa"},
        {"[[:alpha:]]+", "abc"},
        {"[[:^alpha:]]+", "123"},
        {"[[:word:].-]+", "a_1.-"},
        {"\\p{Greek}+", "\u03b1\u03b2\u03b3"},
        {"\\pN+", "123"},
        {"\\P{L}+", "123"},
        {"\\p{^L}+", "123"},
        {"[\\pN-]+", "1-2"},
        {"\\x41\\x{42}\\x{000043}", "ABC"},
        {"\\x{1F600}", "\ud83d\ude00"},
        {"\\101\\0", "A\u0000"},
        {"\\a\\f\\n\\r\\t\\v", "\u0007\f\n\r\t\u000b"},
        {"main\\z", "main"},
        {"\\Amain", "main"},
        {"\\bmain\\b", "main"},
        {"a\\Bb", "ab"},
        {"^^main$$", "main"},
        {"(^main$)", "main"},
        {"^a$|^b$", "b"},
        {"a{1000}", "a".repeat(1000)},
        {"(a{31}){32}", "a".repeat(992)},
        {"(a{1000}){1}", "a".repeat(1000)},
        {"((a{1000})*)?", "a".repeat(2000)},
        {"a{2,}", "aaa"},
        {"a{0}b{0,1}", ""},
        {"a{,2}", "a{,2}"},
        {"a{01}", "a{01}"},
        {"a{x}{", "a{x}{"},
        {"refs\\/heads", "refs/heads"},
        {"a\\-b\\_c\\@", "a-b_c@"},
        {"[a&&b]", "&"},
        {"[[a]b]", "ab]"},
        {"[]a]", "]"},
        {"[^]a]", "x"},
        {"[a-]", "-"},
        {"[-a]", "-"},
        {"[a\\]b]", "]"},
        {"[\\w.-]+", "a_b.c-d"},
        {"[^/]+/[^/]+", "a\nb/c"},
        {"()", ""},
        {"(|a)b", "b"},
        {"(a|)*b", "aab"},
        {"(a*)*", "aaa"},
        {"(a|ab)(c|bcd)", "abcd"},
        {"a]b}", "a]b}"},
        {"a(?i)b|c", "C"},
        {"(?i)(a)b", "AB"},
        {"\u00fc+", "\u00fc\u00fc"},
        {"[\ud83d\ude00-\ud83d\ude02]", "\ud83d\ude01"},
        {".", "\ud83d\ude00"},
    };

    static final String[][] MATCHES_NOT = {
        {"", "a"},
        {"\\Qa.b\\E", "axb"},
        {"[[:alpha:]]+", "ab1"},
        {"\\d+", "\u0661\u0662\u0663"},
        {"\\w+", "\u00e4"},
        {"a\\sb", "a\u000bb"},
        {"\\S+", "a b"},
        {"a$b", "a$b"},
        {"a^b", "a^b"},
        {"a\\zb", "ab"},
        {"^a|b$", "ab"},
        {"a|b", "ab"},
        {"a|b", "ax"},
        {".", "\n"},
        {".", ""},
        {"..", "\ud83d\ude00"},
        {"[^a]", "a"},
        {"a{2,3}", "a"},
        {"a{2,3}", "aaaa"},
        {"a+", ""},
        {"(a+)+", "a".repeat(30) + "!"},
        {"(.*,){11}P", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26"},
        {"([a-zA-Z]+)*", "a".repeat(3000) + "1"},
        {"(?i)(a)b", "AC"},
        {"(a(?i)b)c", "aBC"},
        {"main", "main\n"},
        {"(?m)main$", "main\n"},
    };

    static final String[][] REFUSED = {
        {"(?x)a b", "unknown kind of group"},
        {"(?=a)a", "look-ahead"},
        {"(?!evil).*", "look-ahead"},
        {"(?<=a)b", "look-behind"},
        {"(?<!a)b", "look-behind"},
        {"(a)\\1", "back-references"},
        {"(a)\\9", "back-references"},
        {"(?P<x>a)(?P=x)", "back-references"},
        {"(?P<x>a)\\k<x>", "back-references"},
        {"(?>a)b", "atomic groups"},
        {"a++b", "possessive"},
        {"a**", "two repetitions in a row"},
        {"a{2}{3}", "two repetitions in a row"},
        {"a???", "two repetitions in a row"},
        {"(a)?(?(1)b|c)", "unknown kind of group"},
        {"(?R)", "unknown kind of group"},
        {"(?i-)a", "unknown kind of group"},
        {"(?i", "unknown kind of group"},
        {"(?", "unknown kind of group"},
        {"(?P<>a)", "a group's name"},
        {"(?P<a-b>a)", "a group's name"},
        {"(?P<a", "a group's name"},
        {"(?P<a>x)(?P<a>y)", "two groups with the name a"},
        {"main\\Z", "whole value is matched anyway"},
        {"\\u0041", "\\x{0041}"},
        {"\\C", "a single byte"},
        {"a\\hb", "\\h is no escape sequence"},
        {"a\\Rb", "\\R is no escape sequence"},
        {"\\X", "\\X is no escape sequence"},
        {"\\Ga", "\\G is no escape sequence"},
        {"\\cA", "\\c is no escape sequence"},
        {"\\e", "\\e is no escape sequence"},
        {"\\N{LATIN SMALL LETTER A}", "\\N is no escape sequence"},
        {"a\\Kb", "\\K is no escape sequence"},
        {"a\\q", "\\q is no escape sequence"},
        {"\\\u00e4", "is no escape sequence"},
        {"a\\", "escapes nothing"},
        {"\\p", "\\p takes"},
        {"\\p{", "\\p takes"},
        {"\\p{javaLowerCase}", "character class range"},
        {"\\p{Alpha}", "character class range"},
        {"\\p{InGreek}", "character class range"},
        {"\\p{Nope}", "character class range"},
        {"\\x", "hexadecimal"},
        {"\\x4", "hexadecimal"},
        {"\\xg0", "hexadecimal"},
        {"\\x{}", "hexadecimal"},
        {"\\x{41", "hexadecimal"},
        {"\\x{110000}", "no character"},
        {"\\x{FFFFFFFFFFFFFFFF}", "no character"},
        {"a{1001}", "more than 1000"},
        {"a{1001,}", "more than 1000"},
        {"a{0,99999999999}", "more than 1000"},
        {"a{3,2}", "maximum is less"},
        {"(a{500}){500}", "nested repetitions"},
        {"(a{32}){32}", "nested repetitions"},
        {"((a{10}){10}){11}", "nested repetitions"},
        {"(a{1000}b*){2,}", "nested repetitions"},
        {"*a", "nothing to repeat"},
        {"+a", "nothing to repeat"},
        {"a|*b", "nothing to repeat"},
        {"(*a)", "nothing to repeat"},
        {"{2}", "nothing to repeat"},
        {"[a", "not closed by ]"},
        {"[]", "not closed by ]"},
        {"[^]", "not closed by ]"},
        {"[a-", "not closed by ]"},
        {"[z-a]", "ends before it starts"},
        {"[[:nope:]]", "unknown class"},
        {"[\\Q]", "\\Q is no escape sequence"},
        {"[a-\\d]", "\\d is no escape sequence"},
        {"(a", "is not closed"},
        {"(a|(b)", "is not closed"},
        {"a)", "without an opening one"},
        {"x)|(.*", "without an opening one"},
        {")(", "without an opening one"},
        {"(".repeat(300) + ")".repeat(300), "nested more than"},
        {"a".repeat(4097), "more than 4096 characters"},
        {"[a-z]{1000}".repeat(6), "too large"},
        {"(?i)[a-z]{1000}[a-z]", "too large"},
        {"(?i)((a{10}){10}b){10}", "too large"},
    };

    @ParameterizedTest
    @FieldSource("MATCHES")
    void matches(String pattern, String value) throws PatternFault {
        assertThat(TextPattern.compile(pattern).matches(value)).isTrue();
        assertThat(com.google.re2j.Pattern.matches(pattern, value))
                .as("RE2/J agrees")
                .isTrue();
    }

    @ParameterizedTest
    @FieldSource("MATCHES_NOT")
    void matches_not(String pattern, String value) throws PatternFault {
        assertThat(TextPattern.compile(pattern).matches(value)).isFalse();
        assertThat(com.google.re2j.Pattern.matches(pattern, value))
                .as("RE2/J agrees")
                .isFalse();
    }

    @ParameterizedTest
    @FieldSource("REFUSED")
    void refuses(String pattern, String reason) {
        assertThatThrownBy(() -> TextPattern.compile(pattern))
                .isInstanceOf(PatternFault.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({"ab(?=c), 3", "a)b, 2", "abc[d, 4", "\\q, 1", "ab|*, 4"})
    void says_at_which_character_the_fault_is(String pattern, int character) {
        assertThatThrownBy(() -> TextPattern.compile(pattern)).hasMessageEndingWith("(character " + character + ")");
    }

    @Test
    void keeps_the_text_as_written() throws PatternFault {
        assertThat(TextPattern.compile("^(a|b)$").text()).isEqualTo("^(a|b)$");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a{0,1000}",
                "(a?){1000}",
                "(?i)a{0,499}",
                "(?i)(a?){250}",
                "(?i)((a{0,7}){0,7}){0,7}",
                "(a*|b*|(c|d)*)*",
            })
    void needs_little_stack(String pattern) throws InterruptedException {
        var failure = new AtomicReference<Throwable>(new AssertionError("did not run"));
        var thread = new Thread(
                null,
                () -> failure.set(
                        catchThrowable(() -> TextPattern.compile(pattern).matches("a".repeat(2000)))),
                "little stack",
                512 * 1024);

        thread.start();
        thread.join();

        assertThat(failure.get()).isNull();
    }

    @Test
    void deep_nesting_needs_little_stack() throws InterruptedException {
        for (String pattern : List.of(
                "(".repeat(100) + "a" + ")".repeat(100),
                "(".repeat(100) + "a" + ")*".repeat(100),
                "(?i)" + "(".repeat(100) + "a" + ")*".repeat(100),
                "(?i)" + "(a|".repeat(100) + "a" + ")".repeat(100),
                "(".repeat(100) + "a" + ")+".repeat(100),
                "(".repeat(100) + "a+b*" + ")+".repeat(100),
                "(".repeat(100) + "a" + "){1,1}".repeat(100))) {
            needs_little_stack(pattern);
        }
    }

    @Test
    void a_pattern_that_needs_too_large_a_table_is_matched_all_the_same() throws PatternFault {
        TextPattern pattern = TextPattern.compile("(a|b)*a(a|b){20}");

        assertThat(pattern.matches("b".repeat(50) + "a" + "ab".repeat(10))).isTrue();
        assertThat(pattern.matches("b".repeat(50) + "b" + "ab".repeat(10))).isFalse();
        assertThat(pattern.weight()).isLessThan(100_000);
        assertThat(new Table.Builder(automaton(pattern.text())).build()).isNull();
    }

    private static Automaton automaton(String pattern) throws PatternFault {
        return Objects.requireNonNull(Automaton.of(PatternParser.parse(pattern)));
    }
}
