package dev.octosts.github.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.octosts.github.fixture.RemoteKey;
import dev.octosts.github.key.SigningException.SigningFault;
import dev.octosts.sandbox.Await;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GuardedKeyTest {

    static final KeyPair KEYS = newKeys(2048);
    private static final byte[] CONTENT = {1, 2, 3};
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final RemoteKey key = new RemoteKey(KEYS.getPrivate());

    private GuardedKey guarded(Duration sparedFor) {
        return new GuardedKey("aws key alias/octo-sts", () -> key, new Guard(PAUSE, sparedFor));
    }

    /** A key that counts how often its public key is asked for, and may refuse to show it. */
    private final class Counted implements SigningKey {

        private final AtomicInteger asked = new AtomicInteger();
        private volatile boolean mayBeRead = true;
        private volatile boolean fails;

        @Override
        public String name() {
            return key.name();
        }

        @Override
        public byte[] sign(byte[] content) throws SigningException {
            return key.sign(content);
        }

        @Override
        public Optional<RSAPublicKey> publicKey() throws SigningException {
            asked.incrementAndGet();
            if (fails) {
                throw new SigningException(SigningFault.DISABLED, "");
            }
            return mayBeRead ? key.publicKey() : Optional.empty();
        }
    }

    @Test
    void learns_its_fingerprint_with_the_check_and_asks_no_more_while_the_same_key_signs() throws SigningException {
        var counted = new Counted();
        var guarded = new GuardedKey("key", () -> counted);
        assertThat(guarded.fingerprint()).isEmpty();

        var checked = KeyCheck.of(guarded);
        guarded.sign(CONTENT);
        guarded.learn();

        assertThat(guarded.fingerprint()).isPresent().isEqualTo(checked.fingerprint());
        assertThat(counted.asked).hasValue(1);
    }

    @Test
    void sees_by_a_signature_that_another_key_signs_and_learns_which() throws SigningException {
        var counted = new Counted();
        var guarded = new GuardedKey("key", () -> counted);
        guarded.learn();
        var before = guarded.fingerprint();

        var other = newKeys(2048);
        key.replace(other.getPrivate());
        guarded.sign(CONTENT);
        assertThat(guarded.fingerprint())
                .as("the known one does not sign any more")
                .isEmpty();
        guarded.learn();

        assertThat(guarded.fingerprint())
                .isEqualTo(new PemKey(other.getPrivate()).fingerprint())
                .isNotEqualTo(before);
        assertThat(counted.asked).hasValue(2);
    }

    @Test
    void does_not_ask_again_and_again_for_a_public_key_that_it_may_not_read() throws SigningException {
        var counted = new Counted();
        counted.mayBeRead = false;
        var guarded = new GuardedKey("key", () -> counted);

        for (int round = 0; round < 3; round++) {
            guarded.sign(CONTENT);
            guarded.learn();
        }

        assertThat(guarded.fingerprint()).isEmpty();
        assertThat(counted.asked).hasValue(1);
    }

    @Test
    void learns_its_fingerprint_later_when_it_cannot_be_asked_for_now() {
        var counted = new Counted();
        counted.fails = true;
        var guarded = new GuardedKey("key", () -> counted);
        guarded.learn();
        assertThat(guarded.fingerprint()).isEmpty();

        counted.fails = false;
        guarded.learn();

        assertThat(guarded.fingerprint()).isPresent();
    }

    @ParameterizedTest
    @EnumSource(SigningFault.class)
    void repeats_exactly_what_may_be_over_in_a_moment(SigningFault fault) {
        key.fail(fault, "Code");

        assertThatExceptionOfType(SigningException.class)
                .isThrownBy(() -> guarded(Duration.ofMinutes(1)).sign(CONTENT))
                .satisfies(failed -> assertThat(failed.fault()).isEqualTo(fault));

        assertThat(key.attempts()).isEqualTo(fault.isPassing() ? 3 : 1);
    }

    @Test
    void signs_after_a_moment_of_failure() throws SigningException {
        var attempts = new AtomicInteger();
        var guarded = new GuardedKey(
                "key",
                () -> {
                    if (attempts.incrementAndGet() < 3) {
                        throw new SigningException(SigningFault.TIMED_OUT, "");
                    }
                    return key;
                },
                new Guard(PAUSE, Duration.ofMinutes(1)));

        assertThat(guarded.sign(CONTENT)).isNotEmpty();
        assertThat(attempts).hasValue(3);
    }

    @Test
    void spares_a_service_that_fails_and_no_other_key_of_it() throws SigningException {
        var guarded = guarded(Duration.ofMinutes(1));
        key.fail(SigningFault.FAILING, "KMSInternalException");
        for (int round = 0; round < 2; round++) {
            assertThatExceptionOfType(SigningException.class).isThrownBy(() -> guarded.sign(CONTENT));
        }
        int before = key.attempts();
        key.recover();

        assertThatExceptionOfType(SigningException.class)
                .isThrownBy(() -> guarded.sign(CONTENT))
                .satisfies(failed -> assertThat(failed.fault()).isEqualTo(SigningFault.SUSPENDED));
        assertThat(key.attempts()).isEqualTo(before);
        assertThat(guarded(Duration.ofMinutes(1)).sign(CONTENT)).isNotEmpty();
    }

    @Test
    void asks_the_service_again_after_a_while() {
        var guarded = guarded(Duration.ofMillis(20));
        key.fail(SigningFault.FAILING, "KMSInternalException");
        for (int round = 0; round < 2; round++) {
            assertThatExceptionOfType(SigningException.class).isThrownBy(() -> guarded.sign(CONTENT));
        }
        key.recover();

        Await.until("it signs again", () -> signs(guarded));
    }

    private static boolean signs(SigningKey key) {
        try {
            return key.sign(CONTENT).length > 0;
        } catch (SigningException failed) {
            return false;
        }
    }

    static KeyPair newKeys(int bits) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("RSA is part of every JDK", impossible);
        }
    }
}
