package dev.octosts.sandbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {

    @Test
    void stays_open_between_calls() throws IOException {
        try (var sandbox = Sandbox.start()) {
            var github = sandbox.github().baseUri();
            try (var connection =
                    HttpConnection.open(github, sandbox.authority().clientContext())) {
                for (int i = 0; i < 3; i++) {
                    var answer = connection.send(
                            HttpCall.get(github.resolve("/app"), "").bytes());
                    assertThat(answer.status()).isEqualTo(401);
                    assertThat(answer.message()).isEqualTo("Requires authentication");
                }
            }
        }
    }

    @Test
    void does_not_believe_another_authority() {
        try (var sandbox = Sandbox.start()) {
            var other = CertificateAuthority.create().clientContext();
            assertThatThrownBy(() -> HttpConnection.open(sandbox.github().baseUri(), other))
                    .isInstanceOf(SSLException.class);
        }
    }
}
