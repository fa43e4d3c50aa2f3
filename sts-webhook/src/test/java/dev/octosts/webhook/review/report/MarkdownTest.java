package dev.octosts.webhook.review.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a b | `a b`",
                "a`b | ``a`b``",
                "` | `` ` ``",
                "a`` | ``` a`` ```",
                "<img src=x> @octocat ![](x) | `<img src=x> @octocat ![](x)`",
            })
    void shows_text_as_code_and_nothing_else(String text, String code) {
        assertThat(Markdown.code(text)).isEqualTo(code);
    }

    @Test
    void has_code_also_for_nothing() {
        assertThat(Markdown.code("")).isEqualTo("` `");
        assertThat(Markdown.code("  ")).isEqualTo("` `");
    }

    @Test
    void writes_out_what_cannot_be_seen() {
        assertThat(Markdown.visible("a\nb\r\u001b\u202e\u200b\u00a0\ud800c", 100))
                .isEqualTo("a\\u{a}b\\u{d}\\u{1b}\\u{202e}\\u{200b}\\u{a0}\\u{d800}c");
        assertThat(Markdown.visible("é😀 |", 100)).isEqualTo("é😀 |");
    }

    @Test
    void cuts_between_characters() {
        assertThat(Markdown.visible("😀😀😀", 3)).isEqualTo("😀😀…");
        assertThat(Markdown.visible("abc", 3)).isEqualTo("abc");
    }

    @Test
    void fences_a_block_with_more_backticks_than_it_has() {
        assertThat(Markdown.block(List.of("a ``` b"))).isEqualTo("````text\na ``` b\n````\n");
        assertThat(Markdown.block(List.of("a"))).isEqualTo("```text\na\n```\n");
    }

    @Test
    void grows_up_to_a_limit_in_bytes_by_whole_parts() {
        var text = new Summary.BoundedText(5);

        assertThat(text.add("éé")).isTrue();
        assertThat(text.add("é")).isFalse();
        assertThat(text.add("a")).isTrue();
        assertThat(text).hasToString("ééa");
    }
}
