package dev.octosts.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionListTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contents: read, issues: write",
                "contents=read,issues=write",
                "contents:read,issues=write",
                " contents = read , issues : write ",
            })
    void takes_the_form_of_a_policy_and_that_of_a_command(String text) throws CommandFailure {
        assertThat(PermissionList.read("--permissions", List.of(text)))
                .isEqualTo(Map.of("contents", "read", "issues", "write"));
        assertThat(PermissionList.forService(List.of(text))).isEqualTo("contents:read,issues:write");
    }

    @Test
    void takes_several_options() throws CommandFailure {
        assertThat(PermissionList.read("--permissions", List.of("contents=read", "issues: write")))
                .isEqualTo(Map.of("contents", "read", "issues", "write"));
        assertThat(PermissionList.forService(List.of("contents=read", "issues: write")))
                .isEqualTo("contents:read,issues:write");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "contents | 'contents' is not a permission with its level, such as contents=read or \"contents: read\"",
                "contents: | 'contents:' is not a permission",
                "=read | '=read' is not a permission",
                "contents=read, | '' is not a permission",
                "contents=read,contents: write | 'contents' is given twice",
                "eyJhbGciOiJSUzI1NiJ9 | (not shown: it looks like a token)",
            })
    void says_what_is_no_permission(String text, String message) {
        assertThatThrownBy(() -> PermissionList.read("--permissions", List.of(text)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("--permissions: " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "contents", "a,,b:read"})
    void leaves_to_the_service_what_it_cannot_read(String text) {
        assertThat(PermissionList.forService(List.of(text))).isEqualTo(text);
    }
}
