package dev.octosts.exchange.bearer;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class PrimerTest {
    @Test
    void works_with_nothing_but_this_machine() throws NoSuchAlgorithmException {
        SSLContext tls = SSLContext.getDefault();

        assertThatCode(() -> Bearers.prime(tls)).doesNotThrowAnyException();
    }
}
