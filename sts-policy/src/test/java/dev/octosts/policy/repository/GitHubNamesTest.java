package dev.octosts.policy.repository;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubNamesTest {
    private static final String LONGEST = "x".repeat(100);

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "é", "a\n", "\u0430", "a@b", "[", "`", "{"})
    void refuses_every_other_character(String text) {
        assertThat(GitHubNames.isName(text)).isFalse();
        assertThat(GitHubNames.isOwner(text)).isFalse();
        assertThat(GitHubNames.isLogin(text)).isFalse();
        assertThat(GitHubNames.isRepository(text)).isFalse();
    }

    @Test
    void takes_letters_digits_and_hyphens_and_the_underscore_of_managed_users() {
        assertThat(GitHubNames.isOwner("AZaz09-_")).isTrue();
        assertThat(GitHubNames.isLogin("octo_corp")).isTrue();
        assertThat(GitHubNames.isRepository("AZaz09-_.")).isTrue();
        assertThat(GitHubNames.isOwner("octo.org")).isFalse();
    }

    @Test
    void takes_no_path_for_a_repository() {
        assertThat(GitHubNames.isRepository(".")).isFalse();
        assertThat(GitHubNames.isRepository("..")).isFalse();
        assertThat(GitHubNames.isRepository("...")).isTrue();
        assertThat(GitHubNames.isName("..")).isTrue();
    }

    @Test
    void limits_the_length() {
        assertThat(GitHubNames.isOwner(LONGEST)).isTrue();
        assertThat(GitHubNames.isOwner(LONGEST + "x")).isFalse();
        assertThat(GitHubNames.isRepository(LONGEST)).isTrue();
        assertThat(GitHubNames.isRepository(LONGEST + "x")).isFalse();
        assertThat(GitHubNames.isLogin("x".repeat(39))).isTrue();
        assertThat(GitHubNames.isLogin("x".repeat(40))).isFalse();
        assertThat(GitHubNames.isLogin("-x")).isFalse();
    }
}
