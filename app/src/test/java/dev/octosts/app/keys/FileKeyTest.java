package dev.octosts.app.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.octosts.github.key.KeyCheck;
import dev.octosts.github.key.SigningException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FileKeyTest {

    private static final KeyPair FIRST = newKeys();
    private static final KeyPair SECOND = newKeys();

    private final Logger logger = (Logger) LoggerFactory.getLogger(FileKey.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    /** What the file has. */
    private volatile PrivateKey content = FIRST.getPrivate();

    private volatile boolean sound = true;

    private PrivateKey read() {
        if (!sound) {
            throw new IllegalArgumentException("the private key is damaged or not an RSA key");
        }
        return content;
    }

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
    }

    private List<String> log() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static RSAPublicKey signer(FileKey key) throws SigningException {
        return KeyCheck.of(key).signed().orElseThrow();
    }

    @Test
    void signs_with_the_key_that_the_file_has_now() throws SigningException {
        var key = new FileKey("/etc/app.pem", this::read);
        assertThat(signer(key)).isEqualTo(FIRST.getPublic());

        content = SECOND.getPrivate();

        assertThat(signer(key)).isEqualTo(SECOND.getPublic());
        assertThat(log())
                .singleElement()
                .asString()
                .startsWith("the key in /etc/app.pem is another one, and is used from now on: SHA256:");
    }

    @Test
    void keeps_the_key_that_it_has_when_the_file_has_none_and_says_so_once() throws SigningException {
        var key = new FileKey("/etc/app.pem", this::read);
        sound = false;

        assertThat(signer(key)).isEqualTo(FIRST.getPublic());
        assertThat(signer(key)).isEqualTo(FIRST.getPublic());

        assertThat(log())
                .containsExactly("the key in /etc/app.pem cannot be used, and the one before stays in use: the private"
                        + " key is damaged or not an RSA key");
        sound = true;
        content = SECOND.getPrivate();
        assertThat(signer(key)).isEqualTo(SECOND.getPublic());
    }

    @Test
    void is_none_of_a_file_that_has_none_at_first() {
        sound = false;
        assertThatIllegalArgumentException().isThrownBy(() -> new FileKey("/etc/app.pem", this::read));
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
