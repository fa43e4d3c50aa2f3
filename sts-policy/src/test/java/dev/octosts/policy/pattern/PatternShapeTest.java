package dev.octosts.policy.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternShapeTest {
    @ParameterizedTest
    @CsvSource({
        "a|b, true",
        "(a|b), false",
        "(a|b)|c, true",
        "a[|]b, false",
        "a\\|b, false",
        "\\Qa|b\\E, false",
        "'[]|]x', false",
        "(a)|(b), true",
        "((a|b)|c), false",
    })
    void knows_alternation_outside_groups(String pattern, boolean outside) throws PatternFault {
        assertThat(PatternShape.of(pattern).alternatesOutsideGroups()).isEqualTo(outside);
    }

    @ParameterizedTest
    @CsvSource({"abc, abc", "^a\\.b$, a.b", "(a)(?:b), ab", "a[b]c, abc", "\\Qa.b\\E, a.b", "\\x41, A"})
    void knows_the_only_value(String pattern, String value) throws PatternFault {
        assertThat(PatternShape.of(pattern).onlyValue()).contains(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "a|b", "ab?", "(?i)a", "[ab]", "a{2}"})
    void knows_that_there_are_several(String pattern) throws PatternFault {
        assertThat(PatternShape.of(pattern).onlyValue()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".*",
                ".+",
                "^.*$",
                "(.*)",
                "(.+)?",
                "\\S+",
                "[\\s\\S]*",
                "..*",
                ".*.*",
                "a|.*",
                "[^ ]+",
                "(.|a)+"
            })
    void knows_what_matches_everything(String pattern) throws PatternFault {
        assertThat(PatternShape.of(pattern).matchesEverything()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.*", ".", "..", ".{3}", "[a-z]+", "(a|b)*", ".*a", "", "\\w+"})
    void knows_what_does_not(String pattern) throws PatternFault {
        assertThat(PatternShape.of(pattern).matchesEverything()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"a.b, 1", "a.*b, ''", "a\\.b., 4", "[.]., 3", "\\Q.\\E., 5", "'.{2}', ''", "..+, 0"})
    void finds_single_dots(String pattern, String position) throws PatternFault {
        List<Integer> positions = position.isEmpty() ? List.of() : List.of(Integer.valueOf(position));

        assertThat(PatternShape.of(pattern).singleDots()).isEqualTo(positions);
    }

    @Test
    void knows_beginnings_endings_and_parts() throws PatternFault {
        PatternShape shape = PatternShape.of("repo:[a-z]+/x:(ref|pull_request)");

        assertThat(shape.start()).isEqualTo("repo:");
        assertThat(shape.canStartWith("repo:abc/x:p")).isTrue();
        assertThat(shape.canStartWith("repo:1")).isFalse();
        assertThat(shape.canEndWith(":pull_request")).isTrue();
        assertThat(shape.canEndWith(":pull")).isFalse();
        assertThat(shape.canContain("/x:r")).isTrue();
        assertThat(shape.canContain("/y")).isFalse();
        assertThat(shape.canBe("repo:a/x:ref")).isTrue();
        assertThat(shape.canConsistOf(List.of("repo:", "/", ":ref"), "/:")).isTrue();
        assertThat(shape.canConsistOf(List.of("repo:", "/", "/", ":ref"), "/:")).isFalse();
    }

    @Test
    void leans_towards_yes_where_only_re2j_knows() throws PatternFault {
        assertThat(PatternShape.of("(?i)abc").canBe("aBC")).isTrue();
        assertThat(PatternShape.of("(?i)abc").canBe("aBD")).isFalse();
        assertThat(PatternShape.of("\\pL\\b").canBe("x")).isTrue();
        assertThat(PatternShape.of("(?i)k").canBe("\u212a")).isTrue();
    }

    @Tag("property")
    @Test
    void the_longest_start_of_a_value_that_matches_is_the_value() throws PatternFault {
        var random = new Random(4);
        String[] parts = {"a", "b", ".", "(a|b)", "[ab]", "a*", "(ab)+", "b?", "a{1,3}"};
        for (int i = 0; i < 2000; i++) {
            var text = new StringBuilder();
            var value = new StringBuilder();
            for (int part = random.nextInt(6); part >= 0; part--) {
                text.append(parts[random.nextInt(parts.length)]);
                value.append(random.nextBoolean() ? 'a' : 'b');
            }
            PatternShape shape = PatternShape.of(text.toString());
            boolean matches = TextPattern.compile(text.toString()).matches(value.toString());
            assertThat(shape.canBe(value.toString())).as(text + " " + value).isEqualTo(matches);
            if (matches) {
                assertThat(shape.longestStart(value.toString()))
                        .as(text + " " + value)
                        .isEqualTo(value.length());
            }
        }
    }
}
