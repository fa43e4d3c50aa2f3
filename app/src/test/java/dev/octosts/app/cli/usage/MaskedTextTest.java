package dev.octosts.app.cli.usage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl",
                "e30.e30.c2ln",
                "ewogImFsZyI6ICJub25lIgp9.e30.",
                "ghs_0123456789abcdefghijklmnopqrstuvwxyzAB",
                "github_pat_11ABCDEFG0abcdefghijklmn",
            })
    void no_message_repeats_a_token(String token) {
        assertThat(MaskedText.line(token + ": there is no such file")).isEqualTo("***: there is no such file");
        assertThat(MaskedText.line("the variable " + token + " is not set")).doesNotContain(token.substring(0, 8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl",
                "eyJhbGciOiJSUzI1NiJ9",
                "e30.e30.c2ln",
                "--token=eyJhbGciOiJSUzI1NiJ9",
                "ghp_short",
                "glpat-abcdefghijk",
                "AKIAIOSFODNN7EXAMPLE",
                "ya29.a0AfH6SMBx",
                "d41d8cd98f00b204e9800998ecf8427e",
                "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA",
                "-----BEGIN RSA PRIVATE KEY-----",
            })
    void nothing_is_shown_of_an_argument_that_could_be_a_token(String argument) {
        assertThat(MaskedText.argument(argument)).isEqualTo("(not shown: it looks like a token)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "polcy",
                "ex.sts.yaml",
                ".github/chainguard/a-policy-with-a-long-name-for-2026.sts.yaml",
                "octo-org/octo-repo",
                "https://token.actions.githubusercontent.com",
                "repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main",
            })
    void what_people_write_is_shown(String argument) {
        assertThat(MaskedText.argument(argument)).isEqualTo("'" + argument + "'");
        assertThat(MaskedText.line(argument)).isEqualTo(argument);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u001b[2Jb", "a\nb", "a\u202eb"})
    void a_terminal_is_left_alone(String argument) {
        assertThat(MaskedText.argument(argument))
                .doesNotContain("\u001b", "\n", "\u202e")
                .contains("\\u");
    }
}
