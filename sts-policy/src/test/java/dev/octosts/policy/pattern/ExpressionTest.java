package dev.octosts.policy.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    private static final Expression A = new Expression.Characters(CodePoints.of('a', 'a'));
    private static final Expression B = new Expression.Characters(CodePoints.of('b', 'b'));
    private static final Expression OPAQUE = new Expression.Opaque(CodePoints.anyOf("aA"));

    @Test
    void repeats_the_last_character_of_a_text() throws PatternFault {
        assertThat(PatternParser.parse("ab*"))
                .isEqualTo(new Expression.Sequence(List.of(A, new Expression.Repeat(B, 0, Expression.UNLIMITED))));
    }

    @Test
    void a_bar_splits_the_whole_group() throws PatternFault {
        assertThat(PatternParser.parse("ab|b"))
                .isEqualTo(new Expression.Choice(List.of(new Expression.Sequence(List.of(A, B)), B)));
        assertThat(PatternParser.parse("a(a|b)"))
                .isEqualTo(new Expression.Sequence(List.of(A, new Expression.Choice(List.of(A, B)))));
    }

    @Test
    void groups_of_every_kind_are_their_contents() throws PatternFault {
        assertThat(List.of("(a)", "(?:a)", "(?P<n>a)", "(?<n>a)", "(?s:a)", "((a))"))
                .allSatisfy(pattern -> assertThat(PatternParser.parse(pattern)).isEqualTo(A));
    }

    @Test
    void flags_end_with_their_group_but_not_with_a_bar() throws PatternFault {
        assertThat(PatternParser.parse("((?i)a|a)a"))
                .isEqualTo(new Expression.Sequence(List.of(new Expression.Choice(List.of(OPAQUE, OPAQUE)), A)));
        assertThat(PatternParser.parse("a(?i:a)a")).isEqualTo(new Expression.Sequence(List.of(A, OPAQUE, A)));
        assertThat(PatternParser.parse("(?i)a(?-i)a")).isEqualTo(new Expression.Sequence(List.of(OPAQUE, A)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "*?", "{0,}", "{0,}?"})
    void lazy_and_greedy_are_the_same(String operator) throws PatternFault {
        assertThat(PatternParser.parse("a" + operator)).isEqualTo(new Expression.Repeat(A, 0, Expression.UNLIMITED));
    }

    @ParameterizedTest
    @CsvSource({
        "a, 1",
        "abc, 3",
        "a|b, 4",
        "a*, 2",
        "a+, 2",
        "a?, 2",
        "a{3}, 3",
        "'a{3,5}', 7",
        "'a{3,}', 4",
        "(ab){10}, 20",
        "((ab){10}){10}, 200",
        "^a$, 3"
    })
    void size_counts_what_is_written_out(String pattern, long size) throws PatternFault {
        assertThat(PatternParser.parse(pattern).size()).isEqualTo(size);
    }

    @ParameterizedTest
    @CsvSource({
        "a{1000}, true",
        "(a{100}){10}, true",
        "(a{100}){11}, false",
        "((a{10}){10}){10}, true",
        "((a{10}){10}|a{101}){10}, false",
        "((a*)*)*, true",
        "(a{999}b{999})*, true"
    })
    void nested_repetitions_multiply(String pattern, boolean allowed) {
        boolean parsed;
        try {
            PatternParser.parse(pattern);
            parsed = true;
        } catch (PatternFault e) {
            parsed = false;
        }
        assertThat(parsed).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\bx", "x\\B", "(?m)^x", "(?i)x", "\\pL", "[\\pL-]", "a^b", "a$b", "(^a)*", "a(^|b)"})
    void leaves_to_re2j(String pattern) throws PatternFault {
        assertThat(Automaton.of(PatternParser.parse(pattern))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "^x$", "\\Ax\\z", "^(a|b)$", "^a$|^b$", "[^a-z]*", "a{1000}", "\\Qa.b\\E", "(?s).*(?U)a+"})
    void is_matched_by_a_table(String pattern) throws PatternFault {
        Automaton automaton = Automaton.of(PatternParser.parse(pattern));

        assertThat(automaton).isNotNull();
        assertThat(new Table.Builder(Objects.requireNonNull(automaton)).build()).isNotNull();
    }
}
