package dev.octosts.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Problem;
import dev.octosts.api.ProblemCode;
import jakarta.ws.rs.core.Response.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureFormTest {

    private static final String REALM = "Bearer realm=\"octo-sts\"";

    private static String challenge(Status status, String message, boolean sent) {
        return FailureForm.challenge(status, new Problem(ProblemCode.INTERNAL, message), sent);
    }

    @Test
    void challenges_a_caller_without_a_token_without_an_error() {
        assertThat(challenge(Status.UNAUTHORIZED, "expected exactly one authorization header", false))
                .isEqualTo(REALM);
    }

    @ParameterizedTest
    @CsvSource({"UNAUTHORIZED, invalid_token", "FORBIDDEN, insufficient_scope"})
    void says_what_is_wrong_with_a_token(Status status, String error) {
        assertThat(challenge(status, "no", true))
                .isEqualTo(REALM + ", error=\"" + error + "\", error_description=\"no\"");
    }

    @Test
    void has_no_character_that_ends_the_quoted_text_or_the_header() {
        assertThat(challenge(Status.FORBIDDEN, "a \"b\" \\ ü\r\nX: y", true))
                .isEqualTo(REALM + ", error=\"insufficient_scope\", error_description=\"a 'b' / ???X: y\"");
    }

    @Test
    void is_bounded() {
        assertThat(challenge(Status.FORBIDDEN, "x".repeat(5_000), true))
                .hasSizeLessThan(300)
                .endsWith("x...\"");
    }
}
