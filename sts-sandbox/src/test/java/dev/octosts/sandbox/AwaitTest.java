package dev.octosts.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {

    @Test
    void returns_when_the_condition_has_come_true() {
        var looks = new AtomicInteger();

        Await.until("the third look", () -> looks.incrementAndGet() == 3);

        assertThat(looks).hasValue(3);
    }

    @Test
    void fails_and_says_what_it_has_waited_for_when_the_time_is_up() {
        assertThatThrownBy(() -> Await.until("a miracle", Duration.ZERO, () -> false))
                .isInstanceOf(AssertionError.class)
                .hasMessage("not within 0 s: a miracle");
    }

    @Test
    void fails_when_the_condition_cannot_be_checked() {
        assertThatThrownBy(() -> Await.until("an answer", () -> {
                    throw new IOException("no answer");
                }))
                .isInstanceOf(IOException.class);
    }

    @Test
    void fails_when_the_test_is_interrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Await.until("an interrupt", () -> false)).hasMessage("interrupted while waiting");

        assertThat(Thread.interrupted()).isTrue();
    }
}
