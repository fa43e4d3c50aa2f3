package dev.octosts.sandbox.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpCallTest {

    private static String text(HttpCall call) {
        return new String(call.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void is_written_with_its_credential() {
        assertThat(text(HttpCall.get(URI.create("http://localhost:8080/a/b?c=d%20e"), "secret")))
                .startsWith("GET /a/b?c=d%20e HTTP/1.1\r\nHost: localhost:8080\r\n")
                .contains("\r\nAuthorization: Bearer secret\r\n")
                .doesNotContain("Content-Length")
                .endsWith("\r\n\r\n");
    }

    @Test
    void is_written_with_its_body() {
        assertThat(text(new HttpCall("POST", URI.create("http://localhost:1"), "", "{\"a\":\"\u00fc\"}")))
                .startsWith("POST / HTTP/1.1\r\n")
                .doesNotContain("Authorization")
                .contains("\r\nContent-Length: 10\r\n")
                .endsWith("\r\n\r\n{\"a\":\"\u00fc\"}");
    }

    @Test
    void does_not_print_its_credential() {
        assertThat(HttpCall.get(URI.create("http://localhost:1/x"), "secret")).hasToString("GET http://localhost:1/x");
    }
}
