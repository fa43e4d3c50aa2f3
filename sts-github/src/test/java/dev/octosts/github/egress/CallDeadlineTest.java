package dev.octosts.github.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CallDeadlineTest {

    private final CallDeadline deadline = new CallDeadline("test-deadline");
    private final CountDownLatch cut = new CountDownLatch(1);

    @AfterEach
    void close() {
        deadline.close();
    }

    @Test
    void cuts_a_call_that_takes_too_long() throws InterruptedException {
        try (var _ = deadline.limit(Duration.ofMillis(20), cut::countDown)) {
            assertThat(cut.await(50, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void leaves_a_call_alone_that_has_ended() throws InterruptedException {
        var late = new AtomicBoolean();
        deadline.limit(Duration.ofSeconds(1), () -> late.set(true)).close();
        try (var _ = deadline.limit(Duration.ofMillis(1_100), cut::countDown)) {
            assertThat(cut.await(50, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(late).isFalse();
    }

    @Test
    void limits_no_call_after_it_was_closed() {
        deadline.close();
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> deadline.limit(Duration.ofSeconds(1), cut::countDown));
    }
}
