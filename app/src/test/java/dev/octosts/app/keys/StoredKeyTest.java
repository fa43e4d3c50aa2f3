package dev.octosts.app.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.octosts.github.key.KeyCheck;
import dev.octosts.github.key.PemKey;
import dev.octosts.github.key.SigningException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoredKeyTest {

    private static final KeyPair FIRST = newKeys();
    private static final KeyPair SECOND = newKeys();

    private final LogLines log = new LogLines(Reloaded.class);
    private final TestSource file = new TestSource("/etc/app.pem", true, "first");
    private final TestSource manager = new TestSource("vault://secret/app#key", false, "first");

    @AfterEach
    void stop() {
        log.close();
    }

    private static PrivateKey meaning(byte[] content) {
        return switch (new String(content, StandardCharsets.UTF_8)) {
            case "first", "first again" -> FIRST.getPrivate();
            case "second" -> SECOND.getPrivate();
            default -> throw new IllegalArgumentException("the private key is damaged or not an RSA key");
        };
    }

    private static StoredKey key(TestSource source) {
        return new StoredKey(source, StoredKeyTest::meaning, new Rereadings());
    }

    private static RSAPublicKey signer(StoredKey key) throws SigningException {
        return KeyCheck.of(key).signed().orElseThrow();
    }

    @Test
    void signs_with_the_key_that_the_file_has_now() throws SigningException {
        var key = key(file);
        assertThat(signer(key)).isEqualTo(FIRST.getPublic());

        file.has("second");

        assertThat(signer(key)).isEqualTo(SECOND.getPublic());
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("the key in /etc/app.pem is another one, and is used from now on: SHA256:");
    }

    @Test
    void keeps_the_key_that_it_has_when_the_file_has_none_and_says_so_once() throws SigningException {
        var key = key(file);
        file.has("nothing");

        assertThat(signer(key)).isEqualTo(FIRST.getPublic());
        assertThat(signer(key)).isEqualTo(FIRST.getPublic());

        assertThat(log.lines())
                .containsExactly("the key in /etc/app.pem cannot be used, and the one before stays in use: the private"
                        + " key is damaged or not an RSA key");
        file.has("second");
        assertThat(signer(key)).isEqualTo(SECOND.getPublic());
    }

    @Test
    void takes_another_text_of_the_same_key_for_no_change() throws SigningException {
        var key = key(file);
        file.has("first again");

        assertThat(signer(key)).isEqualTo(FIRST.getPublic());
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void asks_a_manager_only_when_it_is_told_to_and_never_while_it_signs() throws SigningException {
        var key = key(manager);
        manager.has("second");
        for (int signature = 0; signature < 3; signature++) {
            assertThat(signer(key)).isEqualTo(FIRST.getPublic());
        }
        assertThat(manager.reads()).isEqualTo(1);

        key.readAgain();

        assertThat(signer(key)).isEqualTo(SECOND.getPublic());
        assertThat(manager.reads()).isEqualTo(2);
    }

    @Test
    void shows_the_fingerprint_of_the_key_that_signed_last() throws SigningException {
        var key = key(file);
        var first = new PemKey(FIRST.getPrivate()).fingerprint();
        assertThat(key.fingerprint()).isPresent().isEqualTo(first);
        key.sign(new byte[] {1});

        file.has("second");
        key.readAgain();
        assertThat(key.fingerprint())
                .as("the JWT in use is still of the first one")
                .isEqualTo(first);
        key.sign(new byte[] {1});

        assertThat(key.fingerprint()).isEqualTo(new PemKey(SECOND.getPrivate()).fingerprint());
    }

    @Test
    void is_none_of_a_file_that_has_none_at_first() {
        file.has("nothing");
        assertThatIllegalArgumentException().isThrownBy(() -> key(file));
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
