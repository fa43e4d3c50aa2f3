package dev.octosts.probers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://sts.example.com",
                "HTTPS://sts.example.com:8443/behind/a/path/",
                "http://localhost:8080",
                "http://127.0.0.1:8080",
                "http://127.1.2.3",
                "http://[::1]:8080",
            })
    void may_be(String text) {
        assertThat(ServiceAddress.of(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "sts.example.com, 'needs a scheme; give https://sts.example.com'",
        "sts.example.com:8080, 'needs a scheme; give https://sts.example.com:8080'",
        "ftp://sts.example.com, 'needs a scheme; give https://sts.example.com'",
        "http://sts.example.com:80, 'plain http; give https://sts.example.com:80'",
        "http://127.0.0.1.example.com, plain http",
        "http://10.0.0.1, plain http",
        "http://localhost.example.com, plain http",
        "https://user:word@sts.example.com, 'only scheme, host, port and path; give https://sts.example.com'",
        "https://sts.example.com?x=1, 'only scheme, host, port and path'",
        "https://sts.example.com#x, 'only scheme, host, port and path'",
        "https:///sts, names no host",
        "https://a b, is not an address",
        "'', needs a scheme",
    })
    void may_not_be(String text, String problem) {
        assertThatThrownBy(() -> ServiceAddress.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem)
                .hasMessageNotContaining("word");
    }

    @Test
    void may_be_plain_http_anywhere_only_when_that_is_said() {
        assertThat(ServiceAddress.insecureHttp("http://sts.example.com")).hasToString("http://sts.example.com");
    }

    @Test
    void is_bounded() {
        assertThatThrownBy(() -> ServiceAddress.of("https://" + "a".repeat(2_048)))
                .hasMessageContaining("longer than 2048");
    }
}
