package dev.octosts.github.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.octosts.github.key.SigningException.SigningFault;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyCheckTest {

    private static final KeyPair KEYS = GuardedKeyTest.KEYS;

    /** A key that signs with one pair and shows another. */
    private record Mixed(KeyPair signing, Optional<KeyPair> shown) implements SigningKey {

        @Override
        public String name() {
            return "mixed";
        }

        @Override
        public byte[] sign(byte[] content) throws SigningException {
            return new PemKey(signing.getPrivate()).sign(content);
        }

        @Override
        public Optional<RSAPublicKey> publicKey() {
            return shown.map(pair -> (RSAPublicKey) pair.getPublic());
        }
    }

    @Test
    void verifies_a_signature_and_tells_the_fingerprint_that_github_shows() throws Exception {
        var check = KeyCheck.of(new PemKey(KEYS.getPrivate()));

        assertThat(check.signed()).contains((RSAPublicKey) KEYS.getPublic());
        assertThat(check.fingerprint())
                .contains("SHA256:"
                        + Base64.getEncoder()
                                .encodeToString(MessageDigest.getInstance("SHA-256")
                                        .digest(KEYS.getPublic().getEncoded())));
    }

    @Test
    void leaves_it_to_github_where_the_public_key_may_not_be_read() throws Exception {
        assertThat(KeyCheck.of(new Mixed(KEYS, Optional.empty())))
                .isEqualTo(new KeyCheck(Optional.empty()))
                .satisfies(check -> assertThat(check.fingerprint()).isEmpty());
    }

    @Test
    void refuses_the_signature_of_another_key() {
        assertThatExceptionOfType(SigningException.class)
                .isThrownBy(() -> KeyCheck.of(new Mixed(KEYS, Optional.of(GuardedKeyTest.newKeys(2048)))))
                .satisfies(failed -> assertThat(failed.fault()).isEqualTo(SigningFault.FALSE_SIGNATURE));
    }

    @Test
    void refuses_a_short_key() {
        var small = GuardedKeyTest.newKeys(1024);
        assertThatExceptionOfType(SigningException.class)
                .isThrownBy(() -> KeyCheck.of(new Mixed(small, Optional.of(small))))
                .satisfies(failed -> assertThat(failed.fault()).isEqualTo(SigningFault.UNSUITABLE));
    }

    @Test
    void shows_nothing_of_a_private_key() {
        assertThat(new PemKey(KEYS.getPrivate())).hasToString("PemKey[***]");
    }

    @Test
    void takes_only_a_short_word_of_the_service_into_a_message() {
        assertThat(new SigningException(SigningFault.DENIED, "AccessDeniedException"))
                .hasMessage("access is denied (AccessDeniedException)");
        assertThat(new SigningException(SigningFault.DENIED, "User arn:aws:iam::1:user/a is not\nauthorized"))
                .hasMessage("access is denied")
                .satisfies(failed -> assertThat(failed.code()).isEmpty());
    }
}
