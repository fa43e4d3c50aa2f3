package dev.octosts.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactPathsTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/sts/exchange", "/health/ready", "/nope", "/favicon.ico"})
    void let_pass(String path) {
        assertThat(ExactPaths.isPlain(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "//",
                "//sts/exchange",
                "/sts//exchange",
                "/sts/exchange/",
                "/x/../sts/exchange",
                "/./sts/exchange",
                "/%73ts/exchange",
                "/sts%2Fexchange",
                "/sts/exchange%00",
                "/sts/exchange;a=b",
                "*",
                "http://x/sts/exchange"
            })
    void stop(String path) {
        assertThat(ExactPaths.isPlain(path)).isFalse();
    }
}
