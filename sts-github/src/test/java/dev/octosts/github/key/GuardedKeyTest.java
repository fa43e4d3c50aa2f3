package dev.octosts.github.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.octosts.github.fixture.RemoteKey;
import dev.octosts.github.key.SigningException.Fault;
import dev.octosts.sandbox.Await;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
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

    @ParameterizedTest
    @EnumSource(Fault.class)
    void repeats_exactly_what_may_be_over_in_a_moment(Fault fault) {
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
                        throw new SigningException(Fault.TIMED_OUT, "");
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
        key.fail(Fault.FAILING, "KMSInternalException");
        for (int round = 0; round < 2; round++) {
            assertThatExceptionOfType(SigningException.class).isThrownBy(() -> guarded.sign(CONTENT));
        }
        int before = key.attempts();
        key.recover();

        assertThatExceptionOfType(SigningException.class)
                .isThrownBy(() -> guarded.sign(CONTENT))
                .satisfies(failed -> assertThat(failed.fault()).isEqualTo(Fault.SUSPENDED));
        assertThat(key.attempts()).isEqualTo(before);
        assertThat(guarded(Duration.ofMinutes(1)).sign(CONTENT)).isNotEmpty();
    }

    @Test
    void asks_the_service_again_after_a_while() {
        var guarded = guarded(Duration.ofMillis(20));
        key.fail(Fault.FAILING, "KMSInternalException");
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
