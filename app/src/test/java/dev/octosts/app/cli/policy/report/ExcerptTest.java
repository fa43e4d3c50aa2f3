package dev.octosts.app.cli.policy.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.diagnostic.FaultLocation;
import dev.octosts.policy.diagnostic.Position;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcerptTest {

    private static Excerpt of(String text, int line, int column, int endLine, int endColumn) {
        return Excerpt.of(
                SourceText.of(text.getBytes(StandardCharsets.UTF_8)),
                new FaultLocation(new Position(line, column, 0), new Position(endLine, endColumn, 0)));
    }

    @ParameterizedTest
    @CsvSource({
        "abc, 2, 3, abc, ' ^'",
        "abc, 2, 2, abc, ' ^'",
        "abc, 4, 4, abc, '   ^'",
        "abc, 9, 9, abc, '   ^'",
        "'\tb', 2, 3, →b, ' ^'",
        "'\u4e2db', 2, 3, \u4e2db, '  ^'",
        "'\ud83d\ude00b', 2, 3, \ud83d\ude00b, '  ^'",
        "'e\u0301b', 3, 4, e\u0301b, ' ^'",
        "'\u001bb', 2, 3, \\u001bb, '      ^'",
    })
    void points_at_the_character_whatever_room_others_take(
            String line, int column, int endColumn, String shown, String mark) {
        var excerpt = of("first\n" + line + "\nlast", 2, column, 2, endColumn);

        assertThat(excerpt).isEqualTo(new Excerpt(2, shown, mark));
    }

    @Test
    void marks_the_first_line_of_several() {
        assertThat(of("abc\ndef\n", 1, 2, 2, 2).mark()).isEqualTo(" ^^");
    }

    @Test
    void shows_a_part_of_a_long_line() {
        var excerpt = of("a".repeat(500) + "b" + "c".repeat(1_000_000), 1, 501, 1, 502);

        assertThat(excerpt.line()).hasSize(122).startsWith("…a").endsWith("c…");
        assertThat(excerpt.line().charAt(excerpt.mark().indexOf('^'))).isEqualTo('b');
    }

    @Test
    void has_nothing_of_a_line_that_is_not_there() {
        assertThat(of("a", 7, 1, 7, 1)).isEqualTo(new Excerpt(7, "", "^"));
    }

    @Test
    void counts_lines_and_columns_as_yaml_does() {
        var text = SourceText.of("\ufeffa\r\nb\rc\n\ud83d\ude00d".getBytes(StandardCharsets.UTF_8));

        assertThat(text.position(0)).isEqualTo(new Position(1, 1, 0));
        assertThat(text.position(3)).isEqualTo(new Position(2, 1, 3));
        assertThat(text.position(5)).isEqualTo(new Position(3, 1, 5));
        assertThat(text.position(8)).isEqualTo(new Position(4, 2, 8));
        assertThat(text.position(999)).isEqualTo(new Position(4, 3, 9));
        assertThat(new String(text.line(3), 0, text.line(3).length)).isEqualTo("c");
    }
}
