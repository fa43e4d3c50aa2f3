package dev.octosts.app.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubTest {

    private static final String JWT = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL2EifQ.c2lnbmF0dXJl";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ghs_0123456789abcdefghijklmnopqrstuvwxyzAB",
                "ghp_0123456789abcdefghijklmnopqrstuvwxyzAB",
                "gho_0123456789abcdefghijklmnopqrstuvwxyzAB",
                "github_pat_0123456789abcdefghijklmnopqrstuvwxyzAB",
                "ghs_1001_" + JWT,
                JWT,
                "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
            })
    void masks(String secret) {
        var text = "before " + secret + " after";

        assertThat(Scrub.maskIfSecret(text)).isEqualTo("before *** after");
        assertThat(Scrub.mayHoldSecret(text.getBytes(StandardCharsets.UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "right through", "ghs_short", "eyJust a word", "the PRIVATE KEY is missing"})
    void leaves_alone(String text) {
        assertThat(Scrub.maskIfSecret(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gh",
                "{\"repository\":\"github/high\",\"key\":\"value\"}",
                "ey",
                "PRIVATE KE",
                "github_pat",
                "a_gh"
            })
    void sees_that_a_line_has_no_secret(String line) {
        assertThat(Scrub.mayHoldSecret(line.getBytes(StandardCharsets.UTF_8))).isFalse();
    }

    @Test
    void is_quick_on_long_texts_without_an_end() {
        var text = "-----BEGIN ".repeat(20_000) + "eyJ".repeat(200_000) + "gh".repeat(20_000);

        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(Scrub.maskIfSecret(text)).isNull());
    }
}
